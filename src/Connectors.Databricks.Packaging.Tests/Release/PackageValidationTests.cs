using System.Diagnostics;
using System.IO.Compression;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Connectors.Databricks.Packaging.Tests.Release;

/// <summary>Packs a package once more, compared with a baseline that has one more public type.</summary>
public sealed class PackageValidationTests : IDisposable
{
    private const string Id = "Connectors.Databricks.SemanticKernel";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Packing_fails_when_a_public_type_of_the_baseline_is_gone()
    {
        WriteBaseline("public sealed class RemovedOptions;");

        var (exitCode, output) = await PackAsync();

        Assert.Contains("error CP0001: Type 'RemovedOptions' exists on [Baseline]", output, StringComparison.Ordinal);
        Assert.NotEqual(0, exitCode);
    }

    private void WriteBaseline(string source)
    {
        var path = Path.Combine(_folder.FullName, $"{Id}.0.0.0-baseline.nupkg");
        File.Copy(Path.Combine(Repository.PackageFolder, $"{Id}.{Repository.PackageVersion}.nupkg"), path);
        var compilation = CSharpCompilation.Create(
            Id,
            [CSharpSyntaxTree.ParseText(source)],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var package = ZipFile.Open(path, ZipArchiveMode.Update);
        foreach (var assembly in package.Entries.Where(entry => entry.Name == $"{Id}.dll").ToList())
        {
            var name = assembly.FullName;
            assembly.Delete();
            using var stream = package.CreateEntry(name).Open();
            Assert.True(compilation.Emit(stream).Success);
        }
    }

    private async Task<(int ExitCode, string Output)> PackAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                "pack", Repository.PathOf($"src/{Id}/{Id}.csproj"), "--no-build", "-c", "Release", "-o", _folder.FullName,
                $"-p:PackageBaselineFolder={_folder.FullName}",
            },
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_CLI_UI_LANGUAGE"] = "en", ["MSBUILDTERMINALLOGGER"] = "off" },
        };
        using var pack = Process.Start(start)!;
        var output = await pack.StandardOutput.ReadToEndAsync();
        await pack.WaitForExitAsync();
        return (pack.ExitCode, output);
    }
}
