"""Writes the golden files beside it. Run by hand: python3 make.py (the build does not need Python).

values.txt: JSON texts in turn with what json.dumps(json.loads(text)) makes of them.
bodies.txt: message bodies, one JSON string a line; before/ and after/: day files before and after merging them,
with the plain semantics of the hourly script: read all, strip, set, sort, write.
"""
import json
import os
import random
import re
import struct

HERE = os.path.dirname(os.path.abspath(__file__))
HOSTS = ['futel-prod.phu73l.net', 'futel-prod-back', 'dialplan-functions-prod']
rng = random.Random(20220404)


def values():
    texts = ['0', '-0', '-0.0', '1', '-17', '1' * 400, '-' + '9' * 60, '1.0', '1e5', '1E+5', '1e15', '1e16', '123456789012345680.0',
             '1e22', '1e-4', '1e-5', '0.0001', '0.00001234', '1e400', '-1e400', '1e-400', '5e-324', '2.2250738585072014e-308',
             '1.7976931348623157e308', '0.1', '0.30000000000000004', '9007199254740993.0', '2.5', '2E-3', '100.0', '1234567.891',
             'NaN', 'Infinity', '-Infinity', 'true', 'false', 'null', '[]', '{}', '[1, [2.0, {"a":null}]]', ' {"a" : 1 ,"b":2} ',
             '{"a":1,"b":2,"a":3}', '{"z":1,"a":{"z":1,"z":[]}}', '""', '"\\ud800"', '"\\udc00\\ud800"', '"\\ud83d\\ude00"', '"\\u0000"',
             '"\\u007f\\u0080"', '"\\/\\b\\f\\n\\r\\t\\"\\\\"', '"\u00e9\u0416\U0001f600\u2028"', '"<>&\'"', '{"\\n\u00e9":"\\u001f"}']
    texts += [repr(2.0 ** e) for e in range(-1074, 1024, 7)]
    texts += [repr(2.0 ** e) for e in range(-60, 60)]
    while len(texts) < 900:
        d = struct.unpack('>d', rng.randbytes(8))[0]
        if d == d and abs(d) != float('inf'):
            texts.append('%.25e' % d)
    texts += ['%.3f' % rng.uniform(-1e6, 1e6) for _ in range(100)]
    with open(os.path.join(HERE, 'values.txt'), 'w', encoding='utf-8') as out:
        for text in texts:
            out.write(text + '\n' + json.dumps(json.loads(text)) + '\n')


def line(body):
    """What the script made of a body: (day, line), or None where it dropped it or would have crashed."""
    outer = json.loads(body)
    message = json.loads(outer['Message']) if 'Message' in outer else outer
    event = message['event']
    name = event.get('UserEvent', event.get('Event'))
    timestamp = message.get('timestamp', outer.get('Timestamp'))
    channel = event.get('Channel', '')
    if message['hostname'] not in HOSTS:
        return None
    if not channel or 'followme-operator' in channel or name in ['Registry', 'PeerStatus', None]:
        return None
    day = re.sub(r'^(\d\d\d\d)-(\d\d)-(\d\d).*', r'\1\2\3', timestamp)
    if not re.fullmatch('[0-9]{8}', day) or day == timestamp:
        return None
    return day, json.dumps({'timestamp': timestamp, 'channel': channel,
                            'endpoint': event.get('endpoint', channel), 'event': name})


def bodies():
    channels = ['SIP/630-0000011f', 'PJSIP/660-0000a1', 'Local/s@followme-operator-1', '', None, 'caf\u00e9/\U0001f4de-1', 'a "quoted" \\ \t\n',
                'x\x7f\x80\ud83d', 'Channel\u2028 ']
    events = ['filterdial', 'Registry', 'PeerStatus', 'Newchannel', 'Hangup', None, '', 'voicemail\u00fc']
    for i in range(600):
        event = {'Event': rng.choice(events), 'Uniqueid': '1833323238.%d' % i, 'CallerIDNum': '+1503555%04d' % i}
        if rng.random() < .5:
            event['UserEvent'] = rng.choice(events)
        if rng.random() < .95:
            event['Channel'] = rng.choice(channels)
        if rng.random() < .3:
            event['endpoint'] = rng.choice(['630', 660, 1.5e16, True, None, ['a', {'b': 1e-7}], 'demo\u20ac', 10 ** 30])
        day = rng.choice([3, 4, 5])
        message = {'hostname': rng.choice(HOSTS + ['futel-stage.phu73l.net']), 'event': event}
        stamp = '2022-04-%02dT%02d:%02d:%02d.%03d-0700' % (day, rng.randrange(24), rng.randrange(60), rng.randrange(60), rng.randrange(1000))
        if rng.random() < .8:
            message['timestamp'] = stamp
        if rng.random() < .02:
            message['timestamp'] = 'yesterday'
        ascii = rng.random() < .5
        if rng.random() < .8:
            body = json.dumps({'Type': 'Notification', 'MessageId': str(i), 'TopicArn': 'arn:aws:sns:us-west-2:1:t',
                               'Message': json.dumps(message, ensure_ascii=ascii), 'Timestamp': '2022-04-%02dT%02d:00:00.000Z' % (day, i % 24)})
        else:
            message.setdefault('timestamp', stamp)
            body = json.dumps(message)
        yield body
        if rng.random() < .1:
            yield body


def strip(text):
    return text.rstrip()


def merge(bodies):
    days = {'20220403': [], '20220404': [], '20220405': []}
    for body in bodies:
        made = line(body)
        if made:
            days[made[0]].append(made[1])
    # One file as the script wrote it, one neither sorted nor unique with raw non-ASCII lines and white space, one that is not there.
    some = days['20220403'][:20] + ['{"timestamp": "2022-04-03T00:00:00.000-0700", "channel": "old", "event": "Dial"}']
    before = {'20220403': ''.join(l + '\n' for l in sorted(set(some))),
              '20220404': 'b \r\n\U0001f600 raw\n\uffee raw\n\u00e9\u00a0\u2003\nb\n  indented\n\na\x1f\n' + days['20220404'][3] + '\t \nlast without newline'}
    for name, content in before.items():
        write('before', name, content)
    for name, lines in days.items():
        old = before.get(name, '')
        old = old[:-1] if old.endswith('\n') else old
        old = old.split('\n') if old else []
        write('after', name, ''.join(l + '\n' for l in sorted(set(strip(l) for l in old + lines))))


def write(folder, name, content):
    os.makedirs(os.path.join(HERE, folder), exist_ok=True)
    with open(os.path.join(HERE, folder, name), 'w', encoding='utf-8', newline='') as out:
        out.write(content)


values()
all_bodies = list(bodies())
with open(os.path.join(HERE, 'bodies.txt'), 'w', encoding='utf-8') as out:
    for b in all_bodies:
        out.write(json.dumps(b) + '\n')
merge(all_bodies)
