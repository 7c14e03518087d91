using System.Text.Encodings.Web;
using System.Text.Json;

namespace Connectors.Databricks.Tests.TestServices;

/// <summary>Compares JSON documents as indented text, members in order, so that a failure shows the line that differs.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void AssertEqual(string expected, string actual) => Assert.Equal(Normalized(expected), Normalized(actual));

    public static string Normalized(string json)
    {
        using var document = JsonDocument.Parse(json);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            document.RootElement.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }
}
