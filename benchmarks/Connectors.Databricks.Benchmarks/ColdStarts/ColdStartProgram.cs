using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Connectors.Databricks.Benchmarks.ColdStarts;

/// <summary>
/// A program that prints the first token of a stream, as an app starts it: by the JIT, without precompiled code of its own, or compiled
/// ahead of time.
/// </summary>
internal sealed class ColdStartProgram
{
    private readonly string _file;
    private readonly string[] _command;

    private ColdStartProgram(string file, string[] command) => (_file, _command) = (file, command);

    /// <summary>False for a native program that was not published.</summary>
    public bool Exists => File.Exists(_file);

    /// <param name="project">The project below <c>benchmarks/</c>.</param>
    /// <param name="name">The name of its assembly.</param>
    public static ColdStartProgram Jit(string project, string name)
    {
        var file = Path.Combine(BuildProperty("ArtifactsPath"), "bin", project, BuildProperty("Configuration"), $"{name}.dll");

        // The host of this process: 'dotnet' on the path may be a script, whose time would count.
        var host = Path.Combine(
            RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return new ColdStartProgram(file, [host, file]);
    }

    /// <inheritdoc cref="Jit"/>
    public static ColdStartProgram Native(string project, string name)
    {
        var file = Path.Combine(
            BuildProperty("ArtifactsPath"), "publish", project, "release", OperatingSystem.IsWindows() ? $"{name}.exe" : name);
        return new ColdStartProgram(file, [file]);
    }

    /// <summary>Starts the program, and waits for its end.</summary>
    /// <exception cref="InvalidDataException">It printed no token.</exception>
    public async Task<ColdStart> RunAsync(Uri server)
    {
        var start = new ProcessStartInfo(_command[0], _command[1..]) { RedirectStandardOutput = true };
        foreach (var variable in start.Environment.Keys.Where(IsOfDeveloper).ToList())
        {
            start.Environment.Remove(variable);
        }

        start.Environment["DATABRICKS_HOST"] = server.GetLeftPart(UriPartial.Authority);
        start.Environment["DATABRICKS_TOKEN"] = "dapi-benchmark";
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var token = await process.StandardOutput.ReadLineAsync();
        var elapsed = Stopwatch.GetElapsedTime(started);
        var methods = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 && token is { Length: > 0 }
            ? new ColdStart(token, elapsed.TotalMilliseconds, long.Parse(methods, CultureInfo.InvariantCulture))
            : throw new InvalidDataException($"{Path.GetFileName(_file)} ended with {process.ExitCode} and printed '{token}'.");
    }

    // Settings of the workspace, and of the JIT: measured are the defaults of .NET.
    private static bool IsOfDeveloper(string variable) =>
        variable.StartsWith("DATABRICKS_", StringComparison.Ordinal)
        || (variable.StartsWith("DOTNET_", StringComparison.Ordinal) && variable != "DOTNET_ROOT");

    private static string BuildProperty(string key) => typeof(ColdStartProgram).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}

/// <param name="Token">The first token.</param>
/// <param name="Milliseconds">From the start of the process until it was read.</param>
/// <param name="CompiledMethods">How many methods the JIT compiled; 0 for a native program.</param>
internal readonly record struct ColdStart(string Token, double Milliseconds, long CompiledMethods);
