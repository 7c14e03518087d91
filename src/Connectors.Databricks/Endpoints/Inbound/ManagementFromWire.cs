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
            if (JsonSerializer.Deserialize(document.Body, contract) is { } read)
            {
                return read;
            }

            throw new JsonException("The document is null.");
        }
        catch (Exception exception) when (JsonReading.IsUnreadable(exception))
        {
            throw ServingFailures.Malformed(call, document.Reply, exception);
        }
    }

    /// <summary>The tags after a change: newer services wrap the list, older ones do not.</summary>
    public static IReadOnlyList<EndpointTag> ReadTags(ServingCall call, ServedDocument document) =>
        document.Body.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'[', ..]
            ? Read(call, document, DatabricksJsonContext.Default.IReadOnlyListEndpointTag)
            : Read(call, document, DatabricksJsonContext.Default.TagList).Tags ?? [];
}
