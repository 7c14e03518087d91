using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Responses;

/// <summary>Applies the deviations of a response to its events, numbers them and frames them.</summary>
internal static class EventDeviations
{
    private const string Failure = "The model stopped unexpectedly.";

    public static IEnumerable<SseEvent> Apply(IEnumerable<ResponseEvent> events, ResponsesReply reply)
    {
        var number = 0;
        foreach (var next in Changed(Repeated(events, reply), reply))
        {
            if (next.Type.Length > 0)
            {
                next.Json["sequence_number"] = number++;
            }

            if (reply.Has(ResponsesDeviation.EventLineWithoutType))
            {
                next.Json.Remove("type");
            }

            var hasLine = next.Type.Length > 0 && !reply.Has(ResponsesDeviation.NoEventLines)
                && (reply.Flavor != ResponsesFlavor.Agent || reply.Has(ResponsesDeviation.EventLineWithoutType));
            yield return new SseEvent(CompactJson.Write(next.Json), hasLine ? next.Type : null, next.Finishes);
        }
    }

    private static IEnumerable<ResponseEvent> Repeated(IEnumerable<ResponseEvent> events, ResponsesReply reply)
    {
        if (reply.Has(ResponsesDeviation.RepeatedCycles))
        {
            var interim = reply with
            {
                Answer = new Conversation.ChatAnswer { Text = "Let me look. " },
                Ids = new RequestIds(long.MaxValue >> 17),
                Deviations = new HashSet<ResponsesDeviation>(),
            };
            foreach (var next in ResponseEvents.Of(interim, ResponseItems.Of(interim)))
            {
                yield return next with { Finishes = false };
            }
        }

        foreach (var next in events)
        {
            yield return next;
        }
    }

    private static IEnumerable<ResponseEvent> Changed(IEnumerable<ResponseEvent> events, ResponsesReply reply)
    {
        foreach (var next in events.Where(next => !IsLeftOut(next, reply)))
        {
            if (next.Finishes)
            {
                foreach (var last in Ending(next, reply))
                {
                    yield return last;
                }
            }
            else if (next.Type == "response.output_item.done" && reply.Has(ResponsesDeviation.ToolOutputEvent)
                && next.Json.Object("item") is JsonObject item && item.Text("type") == "function_call_output")
            {
                yield return new ResponseEvent("function_call_output", (JsonObject)item.DeepClone());
            }
            else if (next.Type == "response.reasoning_text.delta" && reply.Has(ResponsesDeviation.ReasoningDelta))
            {
                next.Json["type"] = "response.reasoning.delta";
                yield return next with { Type = "response.reasoning.delta" };
            }
            else
            {
                yield return next;
            }
        }
    }

    private static bool IsLeftOut(ResponseEvent next, ResponsesReply reply)
    {
        var isDelta = next.Type.EndsWith(".delta", StringComparison.Ordinal);
        var isFrame = next.Finishes || next.Type is "response.created" or "response.in_progress";
        return !isFrame && ((reply.Has(ResponsesDeviation.OnlyDeltas) && !isDelta)
            || (reply.Has(ResponsesDeviation.NoDeltas) && next.Type != "response.output_item.done"));
    }

    private static IEnumerable<ResponseEvent> Ending(ResponseEvent last, ResponsesReply reply)
    {
        if (reply.Has(ResponsesDeviation.UntypedTraceEvent))
        {
            yield return new ResponseEvent("", new JsonObject { ["trace_id"] = $"tr-{reply.Ids.Hex(3)}" });
        }

        if (reply.Has(ResponsesDeviation.ResponseErrorEvent))
        {
            yield return Error("response.error") with { Finishes = true };
            yield break;
        }

        if (reply.Has(ResponsesDeviation.OutputOnLastEvent) && last.Json.Object("response") is JsonObject response
            && response["databricks_output"] is JsonNode output)
        {
            response.Remove("databricks_output");
            last.Json["databricks_output"] = output;
        }

        if (reply.Has(ResponsesDeviation.ErrorThenCompleted))
        {
            yield return Error("error");
        }

        if (reply.Has(ResponsesDeviation.EmptyCompletedOutput) || reply.Has(ResponsesDeviation.OnlyDeltas))
        {
            last.Json["response"]!["output"] = new JsonArray();
        }

        if (reply.Has(ResponsesDeviation.MisspelledCompleted) && last.Type == "response.completed")
        {
            last.Json["type"] = "responses.completed";
            last = last with { Type = "responses.completed" };
        }

        yield return last;
    }

    /// <summary>The flat error event of Responses (§8.3).</summary>
    public static ResponseEvent Error(string type, string code = "INTERNAL_ERROR", string message = Failure) =>
        ResponseEvents.Event(type, ("code", code), ("message", message), ("param", null));
}
