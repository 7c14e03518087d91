using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Connectors.Databricks.Packaging.Tests;

public partial class VersionTests
{
    private static readonly string[] BuildFiles = ["*.csproj", "*.props", "*.targets"];

    private static readonly string[] Properties =
    [
        "Version", "VersionPrefix", "VersionSuffix", "PackageVersion", "AssemblyVersion", "FileVersion", "AssemblyFileVersion",
        "InformationalVersion",
    ];

    [Fact]
    public void One_property_is_the_version() =>
        Assert.Equal(
            ["Directory.Build.props: VersionPrefix"],
            from path in BuildFiles.SelectMany(Files)
            from element in XDocument.Load(Repository.PathOf(path)).Descendants()
            where Properties.Contains(element.Name.LocalName) && element.Parent?.Name.LocalName == "PropertyGroup"
            select $"{path}: {element.Name.LocalName}");

    [Fact]
    public void Pages_install_the_version_that_is_packed() =>
        Assert.Empty(
            from path in Files("*.md")
            from line in File.ReadLines(Repository.PathOf(path))
            from version in InstalledVersions(line)
            where version != Repository.PackageVersion
            select $"{path}: {line.Trim()}");

    [Theory]
    [InlineData("dotnet add package Connectors.Databricks --version 0.0.9", "0.0.9")]
    [InlineData("dotnet add package Connectors.Databricks.SemanticKernel -v 0.0.9", "0.0.9")]
    [InlineData("""<PackageReference Include="Connectors.Databricks" Version="0.0.9-beta.1" />""", "0.0.9-beta.1")]
    [InlineData("""<PackageVersion Include="Connectors.Databricks.Emulator" Version="[0.0.9]" />""", "0.0.9")]
    [InlineData("dotnet tool install Connectors.Databricks.Emulator@0.0.9", "0.0.9")]
    [InlineData("""<PackageReference Include="Polly.Core" Version="0.0.9" /> for Connectors.Databricks""", null)]
    [InlineData("dotnet add package Connectors.Databricks", null)]
    public void An_install_command_and_a_package_reference_name_a_version(string line, string? version) =>
        Assert.Equal(version is null ? [] : [version], InstalledVersions(line));

    private static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Repository.Root, pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => !path.StartsWith("artifacts/", StringComparison.Ordinal));

    private static IEnumerable<string> InstalledVersions(string line) =>
        Installed().Matches(line).Select(match => match.Groups["version"].Value);

    [GeneratedRegex("""\bConnectors\.Databricks(\.\w+)*("\s+Version="\[?|\s+(--version|-v)\s+|@)(?<version>\d[\w.+-]*)""")]
    private static partial Regex Installed();
}
