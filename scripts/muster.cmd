@echo off
rem Runs Muster on Windows; builds it first where there is no jar. Delete target\muster.jar to build it anew.
rem JAVA_HOME names the JDK, 17 or later (default: the java on the PATH).
rem MUSTER_JAVA_OPTS holds further options for Java, such as -Xmx256m.
setlocal
for %%I in ("%~dp0..") do set "MUSTER_HOME=%%~fI"
set "JAR=%MUSTER_HOME%\target\muster.jar"
set "ARCHIVE=%MUSTER_HOME%\target\muster.jsa"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"

"%JAVA%" -version >nul 2>nul
if errorlevel 1 (
    echo muster: error: cannot run "%JAVA%"; install a JDK of version 17 or later, or set JAVA_HOME 1>&2
    exit /b 1
)
if exist "%JAR%" goto run

where mvn >nul 2>nul
if errorlevel 1 (
    echo muster: error: cannot find mvn to build with; install Maven 3.8 or later 1>&2
    exit /b 1
)
echo muster: building, this takes a minute the first time 1>&2
pushd "%MUSTER_HOME%"
call mvn --batch-mode --no-transfer-progress -q -Dmaven.test.skip=true -Dspotless.check.skip=true package 1>&2
popd
if not exist "%JAR%" (
    echo muster: error: the build failed; its messages are above 1>&2
    exit /b 1
)
if exist "%ARCHIVE%" del "%ARCHIVE%"

:run
if exist "%ARCHIVE%" goto start
rem Once, and only where the archive can be kept. An empty one does no harm: Java passes over it.
2>nul (>"%ARCHIVE%" type nul) || goto start
"%JAVA%" -XX:ArchiveClassesAtExit="%ARCHIVE%" -Xlog:disable -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar "%JAR%" demo >nul 2>nul

:start
"%JAVA%" -XX:SharedArchiveFile="%ARCHIVE%" -Xshare:auto -Xlog:disable -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:MaxNewSize=48m -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 %MUSTER_JAVA_OPTS% -jar "%JAR%" %*
exit /b %ERRORLEVEL%
