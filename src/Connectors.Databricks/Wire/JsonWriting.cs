using System.Text.Encodings.Web;
using System.Text.Json;

namespace Connectors.Databricks.Wire;

/// <summary>How JSON for the service is written; what is for people and models to read has writers of its own.</summary>
internal static class JsonWriting
{
    private static readonly JsonWriterOptions Options = new()
    {
        // The body is JSON for an API, never embedded in HTML: the default encoder would turn each '+' of a base64 image into six bytes.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,

        // The mappers are tested against whole documents; validating each token again would only cost.
        SkipValidation = true,
        MaxDepth = 256,
    };

    public static Utf8JsonWriter CreateWriter(SegmentedBuffer buffer) => new(buffer, Options);
}
