using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Histories;

/// <summary>Conversations of random parts in random splits: what models, function invocation, storage and other clients leave.</summary>
/// <param name="random">Seeded.</param>
/// <param name="endpoint">The endpoint that the conversation is sent to.</param>
/// <param name="family">Its family, which its own unknown parts name.</param>
internal sealed class RandomHistory(Random random, string endpoint, string family)
{
    private static readonly string[] Ids = ["call_1", "call_1", "functions.look:0", "", new('x', 60), "call_2", "a b"];

    private readonly List<string> _called = [];

    public List<ChatMessage> Messages()
    {
        var messages = new List<ChatMessage>();
        for (var count = random.Next(1, 12); count > 0; count--)
        {
            var role = random.Next(10) switch
            {
                < 4 => ChatRole.User,
                < 7 => ChatRole.Assistant,
                < 9 => ChatRole.Tool,
                _ => ChatRole.System,
            };
            var contents = Enumerable.Range(0, random.Next(0, 4)).Select(_ => Content(role)).ToList();
            messages.Add(new ChatMessage(role, contents) { MessageId = random.Next(3) == 0 ? "m" : null });
        }

        messages.Add(new ChatMessage(ChatRole.User, random.Next(2) == 0 ? "And now?" : "Go on.\n"));
        return random.Next(2) == 0 ? messages : [.. messages.Select(OutOfStorage)];
    }

    public static ChatMessage OutOfStorage(ChatMessage message)
    {
        var type = (JsonTypeInfo<ChatMessage>)AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ChatMessage));
        return JsonSerializer.Deserialize(JsonSerializer.Serialize(message, type), type)!;
    }

    private AIContent Content(ChatRole role) =>
        role == ChatRole.Assistant ? OfAssistant() :
        role == ChatRole.Tool ? random.Next(8) == 0 ? new McpServerToolResultContent("mcp") : Result() :
        role == ChatRole.System ? new TextContent("Rules.") :
        random.Next(6) switch
        {
            0 => new TextContent(random.Next(2) == 0 ? " " : ""),
            1 => new DataContent(new byte[] { 1, 2 }, "image/png"),
            2 => Result(),
            3 => new ToolApprovalResponseContent("r", true, new FunctionCallContent("call_1", "look") { InformationalOnly = true }),
            _ => new TextContent("Question?"),
        };

    private AIContent OfAssistant() => random.Next(16) switch
    {
        0 or 1 => new TextReasoningContent("Think.") { ProtectedData = $"databricks:{Kind()}@{Origin()}:SIG" },
        2 => new TextReasoningContent("") { ProtectedData = $"databricks:{Kind()}@{Origin()}:SIG" },
        3 => new TextReasoningContent("Another provider.") { ProtectedData = "opaque" },
        4 or 5 or 6 or 7 => Call(),
        8 => new TextContent("\n\n"),
        9 => new ErrorContent(random.Next(2) == 0 ? "I cannot." : null),
        10 => new UsageContent(new UsageDetails { InputTokenCount = 1 }),
        11 => UnknownPart(),
        12 => OtherContents.All()[random.Next(OtherContents.All().Count)],
        13 => new ToolApprovalRequestContent("r", new FunctionCallContent("call_1", "look") { InformationalOnly = random.Next(2) == 0 }),
        14 => Result(),
        _ => new TextContent("Answer."),
    };

    private string Kind() => random.Next(6) switch
    {
        0 or 1 => "signature",
        2 => "encrypted",
        3 => "summary",
        4 => "reasoning_content",
        _ => "signature+",
    };

    private string Origin() => random.Next(3) == 0 ? "another-endpoint" : endpoint;

    private FunctionCallContent Call()
    {
        var id = Ids[random.Next(Ids.Length)];
        _called.Add(id);
        var call = new FunctionCallContent(id, "look", new Dictionary<string, object?> { ["a"] = 1 });
        if (random.Next(4) == 0)
        {
            call.AdditionalProperties = new()
            {
                [DatabricksPropertyNames.ToolCallId] = "another",
                [DatabricksPropertyNames.ToolCallOrigin] = "another-endpoint",
            };
        }

        return call;
    }

    private FunctionResultContent Result() => new(
        _called.Count == 0 || random.Next(5) == 0 ? "call_unknown" : _called[random.Next(_called.Count)],
        random.Next(5) switch { 0 => "", 1 => new DataContent(new byte[] { 1 }, "image/png"), 2 => 7, _ => "blue" });

    private AIContent UnknownPart() => new()
    {
        RawRepresentation = JsonElement.Parse("{}"),
        AdditionalProperties = random.Next(3) == 0 ? null : new()
        {
            [DatabricksPropertyNames.ContentPart] = JsonElement.Parse($$"""{"type":"own-part","by":"{{family}}"}"""),
            [DatabricksPropertyNames.ContentPartOrigin] = endpoint,
        },
    };
}
