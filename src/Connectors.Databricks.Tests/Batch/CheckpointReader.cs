using System.Text;
using System.Text.Json;

namespace Connectors.Databricks.Tests.Batch;

/// <summary>Reads a checkpoint without the code of the connector: lines of JSON, of which the last one may be incomplete.</summary>
internal static class CheckpointReader
{
    /// <summary>The complete lines, the header first.</summary>
    public static List<JsonElement> Lines(string path)
    {
        var text = new UTF8Encoding(false, throwOnInvalidBytes: false).GetString(File.ReadAllBytes(path));
        return [.. text.Split('\n')[..^1].Select(line => JsonElement.Parse(line))];
    }

    /// <summary>The id of each line, and the text of its response or the kind of its error.</summary>
    public static List<(string Id, string Text)> Results(string path) =>
    [
        .. Lines(path).Skip(1).Select(line => (
            line.GetProperty("id").GetString()!,
            line.TryGetProperty("error", out var error)
                ? error.GetProperty("kind").GetString()!
                : line.GetProperty("response").GetProperty("messages")[0].GetProperty("contents")[0].GetProperty("text").GetString()!)),
    ];
}
