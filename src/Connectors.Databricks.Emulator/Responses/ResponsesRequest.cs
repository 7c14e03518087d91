using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Responses;

/// <summary>A request of the Responses API: the parsed members, and the same as a chat request.</summary>
internal sealed class ResponsesRequest
{
    public ResponsesRequest(JsonObject body, EmulatedDialect? dialect = null)
    {
        Body = body;
        Items = body["input"] switch
        {
            JsonArray array => [.. array.OfType<JsonObject>()],
            JsonNode node when node.Text() is string text => [new JsonObject { ["role"] = "user", ["content"] = text }],
            _ => [],
        };
        Chat = new ChatRequest(ChatFromResponses.Convert(body, Items, dialect));
    }

    public JsonObject Body { get; }

    public IReadOnlyList<JsonObject> Items { get; }

    /// <summary>The request in the form that automatic responses and the rules of a model read.</summary>
    public ChatRequest Chat { get; }

    public bool Stream => Chat.Stream;

    public bool Includes(string what) => Body["include"] is JsonArray list && list.Any(item => item.Text() == what);

    /// <summary>The type of an item; an item with a role is a message.</summary>
    public static string TypeOf(JsonObject item) => item.Text("type") ?? (item.IsGiven("role") ? "message" : "");
}
