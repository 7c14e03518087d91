using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Batch.Responses;

/// <summary>How responses are written as JSON: by the contracts of Microsoft.Extensions.AI, on one line.</summary>
internal static class ResponseJson
{
    /// <summary>A response may have 64 levels of its own, below those of the line and its contents.</summary>
    private const int Depth = 256;

    // Microsoft.Extensions.AI indents; a writer of ours does not. Its contracts are source-generated.
    private static readonly JsonSerializerOptions Contracts = new(AIJsonUtilities.DefaultOptions) { MaxDepth = Depth };

    /// <summary>
    /// The file is JSON, never embedded in HTML, and stays readable in every script. This encoder escapes what ends a line: control
    /// characters and the separators U+2028 and U+2029.
    /// </summary>
    public static JsonWriterOptions Writing { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
        MaxDepth = Depth,
    };

    public static JsonReaderOptions Reading { get; } = new() { MaxDepth = Depth };

    /// <exception cref="JsonException">The current value is not an object.</exception>
    public static void RequireObject(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException($"Expected an object, and not {reader.TokenType}.");
        }
    }

    public static JsonTypeInfo<T> Contract<T>() => (JsonTypeInfo<T>)Contracts.GetTypeInfo(typeof(T));
}
