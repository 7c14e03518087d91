using System.Text.RegularExpressions;
using Microsoft.SemanticKernel;

namespace Connectors.Databricks.SemanticKernel.Contents;

/// <summary>
/// Converts a plugin and a function name to one function name, and back: joined by a hyphen, as Semantic Kernel's OpenAI connector and
/// its <see cref="FunctionCallContentBuilder"/> do.
/// </summary>
internal static partial class FunctionNames
{
    private const char Separator = '-';

    public static string Join(string? pluginName, string functionName) =>
        Disallowed().Replace(string.IsNullOrEmpty(pluginName) ? functionName : $"{pluginName}{Separator}{functionName}", "_");

    public static string Join(KernelFunction function) => Join(function.PluginName, function.Name);

    /// <summary>Names of plugins hold no hyphen, so the first one separates.</summary>
    public static (string? PluginName, string FunctionName) Split(string name) =>
        name.IndexOf(Separator, StringComparison.Ordinal) is var at and > 0
            ? (name[..at].Trim(), name[(at + 1)..].Trim())
            : (null, name);

    // A model may have called what it made up, and endpoints refuse a turn with such a name.
    [GeneratedRegex("[^a-zA-Z0-9_-]")]
    private static partial Regex Disallowed();
}
