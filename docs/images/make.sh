#!/usr/bin/env bash
# Makes the pictures in this folder from the samples on the emulator. Needs Chromium, and script of util-linux for the terminal.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
CI=true dotnet test src/Connectors.Databricks.Browser.Tests --filter FullyQualifiedName~PictureTests
cp artifacts/browser/pictures/*.png docs/images/
