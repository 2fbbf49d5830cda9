# All that the hourly drain of muster events needs, beside the topic and the bucket, which are there already: a queue that the topic
# sends to, and a role that may drain it into the bucket. events.cloudformation.yaml makes the same.

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "topic_arn" {
  description = "The topic that the events are published to"
  type        = string
}

variable "bucket" {
  description = "The bucket of the day files"
  type        = string
  default     = "logpublish"
}

variable "trusted_arn" {
  description = "Who may assume the role: an account, a user, a role, or an identity provider"
  type        = string
}

resource "aws_sqs_queue" "dead_letters" {
  name                      = "events-dead-letters"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "events" {
  name                       = "events"
  message_retention_seconds  = 1209600
  visibility_timeout_seconds = 120
  receive_wait_time_seconds  = 20
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letters.arn
    maxReceiveCount     = 20
  })
}

# The first permission: the topic, and nobody else, may send to the queue.
resource "aws_sqs_queue_policy" "events" {
  queue_url = aws_sqs_queue.events.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "sns.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = aws_sqs_queue.events.arn
        Condition = { ArnEquals = { "aws:SourceArn" = var.topic_arn } }
      }
    ]
  })
}

resource "aws_sns_topic_subscription" "events" {
  topic_arn = var.topic_arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.events.arn
}

resource "aws_iam_role" "events" {
  name = "muster-events"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = var.trusted_arn }
        Action    = "sts:AssumeRole"
      }
    ]
  })
}

# The second permission: what muster policy events --queue-url URL --bucket NAME prints.
resource "aws_iam_role_policy" "events" {
  name = "drain"
  role = aws_iam_role.events.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["sqs:ReceiveMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes", "sqs:DeleteMessage"]
        Resource = aws_sqs_queue.events.arn
      },
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload"]
        Resource = "arn:aws:s3:::${var.bucket}/events/prod/*"
      },
      {
        Effect   = "Allow"
        Action   = ["s3:DeleteObject"]
        Resource = "arn:aws:s3:::${var.bucket}/events/prod/.muster-probe*"
      },
      {
        Effect   = "Allow"
        Action   = ["s3:ListBucket"]
        Resource = "arn:aws:s3:::${var.bucket}"
      },
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject"]
        Resource = "arn:aws:s3:::${var.bucket}/events/quarantine/*"
      }
    ]
  })
}

output "role_arn" {
  value = aws_iam_role.events.arn
}

output "queue_url" {
  value = aws_sqs_queue.events.url
}
