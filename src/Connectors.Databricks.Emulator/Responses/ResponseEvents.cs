using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Text;

namespace Connectors.Databricks.Emulator.Responses;

/// <summary>One event; <see cref="Finishes"/> marks the last.</summary>
internal sealed record ResponseEvent(string Type, JsonObject Json, bool Finishes = false);

/// <summary>Writes a response as events (§8.3). <see cref="EventDeviations"/> applies what deviates.</summary>
internal static class ResponseEvents
{
    private static readonly string[] Lists = ["content", "summary"];

    public static IEnumerable<ResponseEvent> Of(ResponsesReply reply, IReadOnlyList<JsonObject> items)
    {
        yield return Event("response.created", ("response", ResponseDocument.InProgress(reply)));
        yield return Event("response.in_progress", ("response", ResponseDocument.InProgress(reply)));
        foreach ((var index, var item) in items.Index())
        {
            foreach (var next in Item(reply, item, index))
            {
                yield return next;
            }
        }

        var status = ResponseDocument.Status(reply);
        yield return Event($"response.{status}", ("response", ResponseDocument.Whole(reply, items))) with { Finishes = true };
    }

    private static IEnumerable<ResponseEvent> Item(ResponsesReply reply, JsonObject item, int index)
    {
        yield return Event("response.output_item.added", ("output_index", index), ("item", Opened(item)));
        foreach (var next in Parts(reply, item, index).Concat(Arguments(item, index)))
        {
            yield return next;
        }

        yield return Event("response.output_item.done", ("output_index", index), ("item", item.DeepClone()));
    }

    private static JsonObject Opened(JsonObject item)
    {
        var opened = (JsonObject)item.DeepClone();
        opened.Remove("encrypted_content");
        foreach (var list in Lists.Where(opened.ContainsKey))
        {
            opened[list] = new JsonArray();
        }

        if (opened.Text("type") == "function_call")
        {
            opened["arguments"] = "";
        }

        if (opened.Text("status") is not null)
        {
            opened["status"] = "in_progress";
        }

        return opened;
    }

    private static IEnumerable<ResponseEvent> Parts(ResponsesReply reply, JsonObject item, int index)
    {
        foreach ((var number, var part) in item.Objects("summary").Index())
        {
            (string, JsonNode?)[] place = [("item_id", item.Text("id")), ("output_index", index), ("summary_index", number)];
            var text = part.Text("text") ?? "";
            yield return Event("response.reasoning_summary_part.added", [.. place, ("part", Emptied(part))]);
            foreach (var piece in Tokenizer.Split(text))
            {
                yield return Event("response.reasoning_summary_text.delta", [.. place, ("delta", piece)]);
            }

            yield return Event("response.reasoning_summary_text.done", [.. place, ("text", text)]);
            yield return Event("response.reasoning_summary_part.done", [.. place, ("part", part.DeepClone())]);
        }

        foreach ((var number, var part) in item.Objects("content").Index())
        {
            foreach (var next in Part(reply, part, [("item_id", item.Text("id")), ("output_index", index), ("content_index", number)]))
            {
                yield return next;
            }
        }
    }

    private static IEnumerable<ResponseEvent> Part(ResponsesReply reply, JsonObject part, (string, JsonNode?)[] place)
    {
        var type = part.Text("type")!;
        var member = type == "refusal" ? "refusal" : "text";
        var text = part.Text(member) ?? "";
        yield return Event("response.content_part.added", [.. place, ("part", Emptied(part))]);
        foreach (var piece in Tokenizer.Split(text))
        {
            yield return Event($"response.{type}.delta", [.. place, .. Extras(reply, type), ("delta", piece)]);
        }

        yield return Event($"response.{type}.done", [.. place, (member, text)]);
        yield return Event("response.content_part.done", [.. place, ("part", part.DeepClone())]);
    }

    /// <summary>Members of a captured delta [issue unity-gateway#99].</summary>
    private static (string, JsonNode?)[] Extras(ResponsesReply reply, string type) =>
        reply.Flavor == ResponsesFlavor.Native && type == "output_text" ? [("logprobs", new JsonArray()), ("obfuscation", "x7Kq")] : [];

    private static IEnumerable<ResponseEvent> Arguments(JsonObject item, int index)
    {
        if (item.Text("type") != "function_call" || item.Text("arguments") is not string arguments)
        {
            yield break;
        }

        (string, JsonNode?)[] place = [("item_id", item.Text("id")), ("output_index", index)];
        foreach (var piece in Tokenizer.Split(arguments))
        {
            yield return Event("response.function_call_arguments.delta", [.. place, ("delta", piece)]);
        }

        yield return Event("response.function_call_arguments.done", [.. place, ("arguments", arguments)]);
    }

    private static JsonObject Emptied(JsonObject part)
    {
        var empty = (JsonObject)part.DeepClone();
        empty[part.Text("type") == "refusal" ? "refusal" : "text"] = "";
        return empty;
    }

    public static ResponseEvent Event(string type, params (string Name, JsonNode? Value)[] members)
    {
        var json = new JsonObject { ["type"] = type };
        foreach (var (name, value) in members)
        {
            json[name] = value?.Parent is null ? value : value.DeepClone();
        }

        return new ResponseEvent(type, json);
    }
}
