using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Management.Json;

/// <summary>Reads a document so that a member that cannot be read does not make the others unreadable.</summary>
internal static class DocumentReading
{
    /// <summary>Reads the response to a request.</summary>
    /// <exception cref="DatabricksServingException">It is not an object, or is an error object.</exception>
    public static T Read<T>(ServingCall call, ServedDocument document, JsonTypeInfo<T> contract, CancellationToken cancellationToken)
        where T : EndpointDocument
    {
        var element = WorkspaceDocument.ReadElement(call, document, cancellationToken);
        try
        {
            return Read(element, contract);
        }
        catch (JsonException exception)
        {
            throw ServingExceptions.Malformed(call, document.Reply, exception);
        }
    }

    /// <returns>
    /// The document. Members that cannot be read are in <see cref="EndpointDocument.AdditionalProperties"/>, and
    /// <see cref="EndpointDocument.Unreadable"/> has their paths.
    /// </returns>
    /// <exception cref="JsonException">It is not an object.</exception>
    public static T Read<T>(JsonElement document, JsonTypeInfo<T> contract)
        where T : EndpointDocument
    {
        if (document.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException($"The document is {Described(document)}.");
        }

        Dictionary<string, JsonElement> leftOut = [];
        List<string> unreadable = [];
        while (true)
        {
            try
            {
                var read = leftOut.Count == 0
                    ? document.Deserialize(contract)!
                    : JsonSerializer.Deserialize(Without(document, leftOut), contract)!;
                AddNullItems(document, read.Rest, leftOut, unreadable);
                read.LeaveOut(leftOut, unreadable);
                return read;
            }
            catch (JsonException exception) when (MemberOf(exception.Path) is { } member
                && document.TryGetProperty(member, out var value) && leftOut.TryAdd(member, value))
            {
                // A whole top-level member is left out: a configuration with a part missing must not be sent back. Each pass leaves out one
                // more of the known members, so there are few passes.
                unreadable.Add(exception.Path!["$.".Length..]);
            }
        }
    }

    /// <summary>What a value is: <c>null</c>, or <c>a JSON Number</c>.</summary>
    public static string Described(JsonElement value) => value.ValueKind == JsonValueKind.Null ? "null" : $"a JSON {value.ValueKind}";

    // The first member of a path such as $.config.traffic_config.routes[0]; names of the service need no other form.
    private static string? MemberOf(string? path)
    {
        if (path is null || !path.StartsWith("$.", StringComparison.Ordinal))
        {
            return null;
        }

        var end = path.AsSpan(2).IndexOfAny('.', '[');
        return end < 0 ? path[2..] : path.Substring(2, end);
    }

    private static ReadOnlySpan<byte> Without(JsonElement document, Dictionary<string, JsonElement> leftOut)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            foreach (var member in document.EnumerateObject().Where(member => !leftOut.ContainsKey(member.Name)))
            {
                member.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }

    // Lists leave out null items, which say nothing that could be kept.
    private static void AddNullItems(
        JsonElement document, Dictionary<string, JsonElement>? unknown, Dictionary<string, JsonElement> leftOut, List<string> unreadable)
    {
        foreach (var member in document.EnumerateObject())
        {
            if (unknown?.ContainsKey(member.Name) is not true && !leftOut.ContainsKey(member.Name))
            {
                AddNullItems(member.Value, member.Name, unreadable);
            }
        }
    }

    private static void AddNullItems(JsonElement value, string path, List<string> unreadable)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                AddNullItems(member.Value, $"{path}.{member.Name}", unreadable);
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                var at = $"{path}[{index++}]";
                if (item.ValueKind == JsonValueKind.Null)
                {
                    unreadable.Add(at);
                }

                AddNullItems(item, at, unreadable);
            }
        }
    }
}
