using System.Text.Json.Nodes;

namespace Connectors.Databricks.Comparison.Tests.Harness;

/// <summary>
/// A request of the Responses API as chat completions would say it, so that it is compared member by member. What chat completions have no
/// member for keeps its name, and so shows as a difference.
/// </summary>
/// <param name="issued">The items that the server sent, trimmed: one that comes back has to be the same.</param>
internal sealed class ResponsesRequest(IReadOnlySet<string> issued)
{
    public JsonObject ToChat(JsonObject body)
    {
        var chat = new JsonObject();
        var messages = new JsonArray();
        foreach (var (name, value) in body)
        {
            switch (name)
            {
                case "instructions":
                    messages.Insert(0, new JsonObject { ["role"] = "system", ["content"] = value!.DeepClone() });
                    break;
                case "input":
                    AddMessages(messages, value!.AsArray());
                    break;
                case "tools":
                    chat["tools"] = new JsonArray([.. value!.AsArray().Select(tool => Enveloped(tool!.AsObject(), "function"))]);
                    break;
                case "tool_choice" when value is JsonObject choice:
                    chat["tool_choice"] = Enveloped(choice, "function");
                    break;
                case "text" when value!["format"] is JsonObject format:
                    chat["response_format"] = format.Count == 1 ? format.DeepClone() : Enveloped(format, "json_schema");
                    Rest(chat, name, value.AsObject(), "format");
                    break;
                case "reasoning":
                    chat["reasoning_effort"] = value!["effort"]?.DeepClone();
                    Rest(chat, name, value.AsObject(), "effort");
                    break;
                default:
                    chat[name] = value?.DeepClone();
                    break;
            }
        }

        chat["messages"] = messages;
        return chat;
    }

    private void AddMessages(JsonArray messages, JsonArray input)
    {
        JsonObject? turn = null;
        foreach (var item in input.Select(item => item!.AsObject()))
        {
            switch ((string?)item["type"])
            {
                case "message":
                    var message = Message(item);
                    messages.Add(message);
                    turn = (string?)item["role"] == "assistant" ? message : null;
                    break;
                case "function_call":
                    if (turn is null)
                    {
                        messages.Add(turn = new JsonObject { ["role"] = "assistant", ["content"] = null });
                    }

                    if (turn["tool_calls"] is not JsonArray calls)
                    {
                        turn["tool_calls"] = calls = [];
                    }

                    calls.Add(Call(item));
                    break;
                case "function_call_output":
                    turn = null;
                    messages.Add(Renamed(item, "tool", ("call_id", "tool_call_id"), ("output", "content")));
                    break;
                default:
                    messages.Add(item.DeepClone());
                    break;
            }
        }
    }

    private JsonObject Message(JsonObject item)
    {
        var message = OwnMembers(item);
        message.Remove("type");
        if (message["content"] is JsonArray parts)
        {
            message["content"] = parts is [{ } only] && (string?)only["type"] == "output_text"
                ? only["text"]!.DeepClone()
                : new JsonArray([.. parts.Select(part => Part(part!.AsObject()))]);
        }

        return message;
    }

    private static JsonObject Part(JsonObject part)
    {
        var chat = part.DeepClone().AsObject();
        switch ((string?)part["type"])
        {
            case "input_text" or "output_text":
                chat["type"] = "text";
                break;
            case "input_image":
                chat["type"] = "image_url";
                var image = new JsonObject { ["url"] = part["image_url"]!.DeepClone() };
                if (part["detail"] is { } detail)
                {
                    image["detail"] = detail.DeepClone();
                    chat.Remove("detail");
                }

                chat["image_url"] = image;
                break;
        }

        return chat;
    }

    private JsonObject Call(JsonObject item)
    {
        var members = OwnMembers(item);
        var call = new JsonObject
        {
            ["id"] = members["call_id"]?.DeepClone(),
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = members["name"]?.DeepClone(), ["arguments"] = members["arguments"]?.DeepClone() },
        };
        foreach (var (name, value) in members)
        {
            if (name is not ("type" or "call_id" or "name" or "arguments"))
            {
                call[name] = value?.DeepClone();
            }
        }

        return call;
    }

    // An id says that the item comes back. One that is not as the server sent it keeps the id, which shows as a difference.
    private JsonObject OwnMembers(JsonObject item)
    {
        var members = item.DeepClone().AsObject();
        if (issued.Contains(item.ToJsonString()))
        {
            members.Remove("id");
        }

        return members;
    }

    /// <summary>An item without the members that serving endpoints reject.</summary>
    public static string Trimmed(JsonNode item) => new JsonObject(
        item.AsObject().Where(member => member.Key != "status" && member.Value is not null)
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))).ToJsonString();

    private static JsonObject Renamed(JsonObject item, string role, params (string From, string To)[] names)
    {
        var message = new JsonObject { ["role"] = role };
        foreach (var (name, value) in item)
        {
            if (name != "type")
            {
                message[names.FirstOrDefault(pair => pair.From == name).To ?? name] = value?.DeepClone();
            }
        }

        return message;
    }

    private static JsonObject Enveloped(JsonObject flat, string name)
    {
        var inner = flat.DeepClone().AsObject();
        inner.Remove("type");
        return new JsonObject { ["type"] = flat["type"]!.DeepClone(), [name] = inner };
    }

    private static void Rest(JsonObject chat, string name, JsonObject value, string known)
    {
        foreach (var (member, content) in value.Where(member => member.Key != known))
        {
            chat[$"{name}.{member}"] = content?.DeepClone();
        }
    }
}
