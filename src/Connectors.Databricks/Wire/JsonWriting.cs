using System.Text.Encodings.Web;
using System.Text.Json;

namespace Connectors.Databricks.Wire;

/// <summary>Writer options for JSON that is sent to the service.</summary>
internal static class JsonWriting
{
    private static readonly JsonWriterOptions Options = new()
    {
        // The body is JSON for an API, never embedded in HTML: the default encoder would turn each '+' of a base64 image into six bytes.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,

        // Tests validate whole documents, so validation of each token is skipped.
        SkipValidation = true,
        MaxDepth = 256,
    };

    public static Utf8JsonWriter CreateWriter(SegmentedBuffer buffer) => new(buffer, Options);
}
