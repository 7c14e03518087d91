namespace Connectors.Databricks.Browser.Tests;

/// <summary>Finds Chromium on this machine: the tests download no browser.</summary>
internal static class Chromium
{
    /// <summary>The variable that names the program.</summary>
    public const string Variable = "CHROMIUM_PATH";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome.exe"];

    /// <summary>The path of the program; null if there is none.</summary>
    public static string? Executable { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path
        ? path
        : (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    /// <summary>Why a test is skipped; null if it runs. The build check needs every test.</summary>
    public static string? SkipReason { get; } =
        Executable is not null || Environment.GetEnvironmentVariable("CI") == "true"
            ? null
            : $"Chromium is not installed. Install it, or set {Variable}.";
}
