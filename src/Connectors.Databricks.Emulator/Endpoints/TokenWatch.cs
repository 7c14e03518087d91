using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Endpoints;

/// <summary>Reads the tokens that a response reports: of a stream, the last count when it ends or is left.</summary>
internal static class TokenWatch
{
    public static ServerResponse On(ServerResponse answer, Action<long> count)
    {
        switch (answer)
        {
            case BodyResponse { Status: 200 } body:
                count(Read(body.Body) ?? 0);
                return body;
            case EventStreamResponse stream:
                return stream with { Events = Watch(stream.Events, count) };
            default:
                return answer;
        }
    }

    private static IEnumerable<SseEvent> Watch(IEnumerable<SseEvent> events, Action<long> count)
    {
        long last = 0;
        try
        {
            foreach (var one in events)
            {
                last = Read(System.Text.Encoding.UTF8.GetBytes(one.Data)) ?? last;
                yield return one;
            }
        }
        finally
        {
            count(last);
        }
    }

    private static long? Read(byte[] json)
    {
        try
        {
            // The Responses API has the usage in the response of an event.
            return JsonNode.Parse(json) is JsonObject document
                && (document.Object("usage") ?? document.Object("response")?.Object("usage"))?.Number("total_tokens") is double tokens
                ? (long)tokens
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
