@echo off
rem SPDX-License-Identifier: LGPL-2.1-or-later
rem Runs the conformance programs in a folder (default x86_64) and collects what they print in results.txt.
setlocal
cd /d "%~dp0"
set kind=%1
if "%kind%"=="" set kind=x86_64
if not exist "%kind%\*.exe" (
  echo There are no programs in the folder %kind%.
  exit /b 2
)
set failed=0
echo Windows: > results.txt
ver >> results.txt
for %%p in (%kind%\*.exe) do (
  echo %%~np
  echo --- %%~np >> results.txt
  "%%p" >> results.txt 2>&1
  if errorlevel 1 (
    echo   has failures
    set failed=1
  )
)
echo The results are in %~dp0results.txt
exit /b %failed%
