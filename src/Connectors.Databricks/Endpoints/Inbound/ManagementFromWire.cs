using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Endpoints.Inbound;

/// <summary>Reads a management document.</summary>
internal static class ManagementFromWire
{
    /// <exception cref="DatabricksServingException">It is not the document that the route answers with.</exception>
    public static T Read<T>(ServingCall call, ServedDocument document, JsonTypeInfo<T> contract)
    {
        try
        {
            ThrowIfError(call, document);
            if (JsonSerializer.Deserialize(document.Body, contract) is { } read)
            {
                return read;
            }

            throw new JsonException("The document is null.");
        }
        catch (Exception exception) when (JsonReading.IsUnreadable(exception))
        {
            throw ServingExceptions.Malformed(call, document.Reply, exception);
        }
    }

    // A gateway may answer 200 and say in the body that it failed; read as an endpoint, that would be one without a name.
    private static void ThrowIfError(ServingCall call, ServedDocument document)
    {
        var reader = new Utf8JsonReader(document.Body, document.Reply.Json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        while (reader.NextProperty())
        {
            var isError = reader.ValueTextEquals("error"u8) || reader.ValueTextEquals("error_code"u8);
            reader.Read();
            if (isError && reader.TokenType != JsonTokenType.Null)
            {
                using var parsed = JsonDocument.Parse(document.Body);
                throw ServingExceptions.InsideGoodStatus(call, document.Reply, parsed.RootElement);
            }

            reader.Skip();
        }
    }

    /// <summary>The tags after a change: newer services wrap the list, older ones do not.</summary>
    public static IReadOnlyList<EndpointTag> ReadTags(ServingCall call, ServedDocument document) =>
        document.Body.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'[', ..]
            ? Read(call, document, DatabricksJsonContext.Default.IReadOnlyListEndpointTag)
            : Read(call, document, DatabricksJsonContext.Default.TagList).Tags ?? [];
}
