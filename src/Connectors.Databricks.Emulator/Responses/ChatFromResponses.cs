using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Responses;

/// <summary>Translates a request of the Responses API to the chat request that a model reads.</summary>
internal static class ChatFromResponses
{
    private static readonly string[] Copied =
        ["model", "temperature", "top_p", "stream", "parallel_tool_calls", "custom_inputs", "context", "databricks_options"];

    public static JsonObject Convert(JsonObject body, IReadOnlyList<JsonObject> items, EmulatedDialect? dialect)
    {
        var chat = new JsonObject { ["messages"] = Messages(body.Text("instructions"), items, dialect) };
        foreach (var name in Copied.Where(body.IsGiven))
        {
            chat[name] = body[name]!.DeepClone();
        }

        Set(chat, "max_tokens", body["max_output_tokens"]);
        Set(chat, "reasoning_effort", body.Object("reasoning")?["effort"]);
        Set(chat, "tool_choice", ToolChoice(body["tool_choice"]));
        Set(chat, "response_format", Format(body.Object("text")?.Object("format")));
        var tools = body.Objects("tools").Where(tool => tool.Text("type") == "function").Select(Tool).ToArray();
        if (tools.Length > 0)
        {
            chat["tools"] = new JsonArray([.. tools]);
        }

        return chat;
    }

    private static JsonArray Messages(string? instructions, IReadOnlyList<JsonObject> items, EmulatedDialect? dialect)
    {
        JsonArray messages = [];
        if (instructions is not null)
        {
            messages.Add((JsonNode)new JsonObject { ["role"] = "system", ["content"] = instructions });
        }

        foreach (var item in items)
        {
            switch (ResponsesRequest.TypeOf(item))
            {
                case "message" when item.Text("role") is string role && Content(item) is JsonNode content:
                    messages.Add((JsonNode)new JsonObject { ["role"] = role is "developer" ? "system" : role, ["content"] = content });
                    break;
                case "function_call":
                    Calls(messages).Add((JsonNode)Call(item, dialect));
                    break;
                case "function_call_output":
                    messages.Add((JsonNode)new JsonObject
                    {
                        ["role"] = "tool",
                        ["tool_call_id"] = item.Text("call_id"),
                        ["content"] = item.Text("output") ?? item["output"]?.ToJsonString() ?? "",
                    });
                    break;
                default:
                    break;
            }
        }

        return messages;
    }

    /// <summary>The calls of the last message, which is the assistant's; neighboring calls are one turn.</summary>
    private static JsonArray Calls(JsonArray messages)
    {
        if (messages.LastOrDefault() is not JsonObject last || last.Text("role") != "assistant")
        {
            last = new JsonObject { ["role"] = "assistant", ["content"] = null };
            messages.Add((JsonNode)last);
        }

        if (last["tool_calls"] is not JsonArray calls)
        {
            last["tool_calls"] = calls = [];
        }

        return calls;
    }

    private static JsonObject Call(JsonObject item, EmulatedDialect? dialect)
    {
        var call = new JsonObject
        {
            ["id"] = item.Text("call_id"),
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = item.Text("name"), ["arguments"] = item.Text("arguments") },
        };
        if (dialect == EmulatedDialect.Gemini && item.Text("encrypted_content") is string signature)
        {
            call["extra_content"] = new JsonObject { ["google"] = new JsonObject { ["thought_signature"] = signature } };
        }

        return call;
    }

    private static JsonNode? Content(JsonObject item)
    {
        if (item.Text("content") is string text)
        {
            return text;
        }

        var parts = item.Objects("content").Select(Part).OfType<JsonNode>().ToArray();
        return parts.Length == 0 ? null : new JsonArray(parts);
    }

    private static JsonObject? Part(JsonObject part) => part.Text("type") switch
    {
        "input_text" or "output_text" or "text" => new JsonObject { ["type"] = "text", ["text"] = part.Text("text") },
        "refusal" => new JsonObject { ["type"] = "text", ["text"] = part.Text("refusal") },
        "input_image" => new JsonObject
        {
            ["type"] = "image_url",
            ["image_url"] = new JsonObject { ["url"] = part.Text("image_url") },
        },
        _ => null,
    };

    private static JsonNode Tool(JsonObject tool)
    {
        var function = new JsonObject { ["name"] = tool.Text("name") };
        Set(function, "description", tool["description"]);
        function["parameters"] = tool["parameters"]?.DeepClone() ?? new JsonObject { ["type"] = "object" };
        return new JsonObject { ["type"] = "function", ["function"] = function };
    }

    private static JsonNode? ToolChoice(JsonNode? choice) => choice is JsonObject named && named.Text("name") is string name
        ? new JsonObject { ["type"] = "function", ["function"] = new JsonObject { ["name"] = name } }
        : choice;

    private static JsonObject? Format(JsonObject? format)
    {
        if (format?.Text("type") != "json_schema")
        {
            return format?.Text("type") == "json_object" ? format.DeepClone() as JsonObject : null;
        }

        // Flat [docs:query-open-responses-models], or in a member as chat completions have it [okf:foundation-model-rest-api-reference].
        var given = format.Object("json_schema") ?? format;
        var schema = new JsonObject();
        Set(schema, "name", given["name"]);
        Set(schema, "schema", given["schema"]);
        Set(schema, "strict", given["strict"]);
        return new JsonObject { ["type"] = "json_schema", ["json_schema"] = schema };
    }

    private static void Set(JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value.Parent is null ? value : value.DeepClone();
        }
    }
}
