@echo off
rem Runs Muster on Windows: from a checkout, which it builds first where there is no jar (delete target\muster.jar to build it
rem anew), or as bin\muster.cmd of a package.
rem JAVA_HOME names the JDK, 17 or later (default: the java on the PATH).
rem MUSTER_JAVA_OPTS holds further options for Java, such as -Xmx256m.
setlocal DisableDelayedExpansion
for %%I in ("%~dp0..") do set "MUSTER_HOME=%%~fI"
set "LIB=%MUSTER_HOME%\lib"
if not exist "%LIB%\muster.jar" set "LIB=%MUSTER_HOME%\target"
set "JAR=%LIB%\muster.jar"
set "ARCHIVE=%LIB%\muster.jsa"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"

"%JAVA%" -version >nul 2>nul
if errorlevel 1 goto nojava
if exist "%JAR%" goto run

where mvn >nul 2>nul
if errorlevel 1 goto nomaven
echo muster: building, this takes a minute the first time 1>&2
pushd "%MUSTER_HOME%"
call mvn --batch-mode --no-transfer-progress -q -Dmaven.test.skip=true -Dspotless.check.skip=true package 1>&2
popd
if not exist "%JAR%" goto notbuilt
if exist "%ARCHIVE%" del "%ARCHIVE%"

:run
rem Help and the version are not worth the wait for a preparation.
set "ARGUMENT=%~1"
if not defined ARGUMENT goto start
:next
for %%O in (-h --help -V --version) do if "%ARGUMENT%"=="%%O" goto start
shift
set "ARGUMENT=%~1"
if defined ARGUMENT goto next
if exist "%ARCHIVE%" goto start
rem Once, and only where the archive can be kept. An empty one does no harm: Java passes over it.
copy /y nul "%ARCHIVE%" >nul 2>nul
if not exist "%ARCHIVE%" goto start
"%JAVA%" -XX:ArchiveClassesAtExit="%ARCHIVE%" -Xlog:disable -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar "%JAR%" demo >nul 2>nul

:start
"%JAVA%" -XX:SharedArchiveFile="%ARCHIVE%" -Xshare:auto -Xlog:disable -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:MaxNewSize=48m -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow %MUSTER_JAVA_OPTS% -jar "%JAR%" %*
exit /b %ERRORLEVEL%

:nojava
echo muster: error: cannot run "%JAVA%"; install a JDK of version 17 or later, or set JAVA_HOME 1>&2
exit /b 1

:nomaven
echo muster: error: cannot find mvn to build with; install Maven 3.8 or later 1>&2
exit /b 1

:notbuilt
echo muster: error: the build failed; its messages are above 1>&2
exit /b 1
