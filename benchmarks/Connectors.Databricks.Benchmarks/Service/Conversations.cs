using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Benchmarks.Service;

/// <summary>The requests: one short question, a history of any length with three tools, or a question about an image.</summary>
internal static class Conversations
{
    /// <summary>Every tenth message is a tool call, and the next one its result.</summary>
    private const int CallEvery = 10;

    public static List<ChatMessage> Question() => [new(ChatRole.User, "How do I size a SQL warehouse?")];

    public static List<ChatMessage> History(int length)
    {
        var messages = new List<ChatMessage>();
        for (var i = 0; i < length; i++)
        {
            messages.Add((i % CallEvery) switch
            {
                CallEvery - 3 => Call(i),
                CallEvery - 2 => Result(i - 1),
                _ when i % 2 == 0 => new(
                    ChatRole.User, $"Question {i}: which tables of the catalog \"main\" were written to on day {i}, and by which user?"),
                _ => new(
                    ChatRole.Assistant,
                    $"On day {i} the job \"nightly\" wrote to main.sales.orders and main.sales.items.\nNobody else wrote. Do you want " +
                    "the versions?"),
            });
        }

        return messages;
    }

    /// <summary>Creates an "image" of a given size; its bytes are never decoded.</summary>
    public static List<ChatMessage> Image(int size)
    {
        var bytes = new byte[size];
        new Random(20261121).NextBytes(bytes);
        return [new(ChatRole.User, [new TextContent("What is in the picture?"), new DataContent(bytes, "image/png")])];
    }

    private static ChatMessage Call(int i) => new(
        ChatRole.Assistant,
        [
            new FunctionCallContent(
                $"call_{i}", "list_writes", new Dictionary<string, object?> { ["table"] = "main.sales.orders", ["day"] = i }),
        ]);

    private static ChatMessage Result(int call) => new(
        ChatRole.Tool,
        [new FunctionResultContent($"call_{call}", "three writes by the service principal \"nightly\", versions 811 to 813")]);

    public static ChatOptions Tools() => new()
    {
        Tools = [Tool("list_writes"), Tool("list_tables"), Tool("describe_table")],
    };

    private static AIFunctionDeclaration Tool(string name)
    {
        using var schema = JsonDocument.Parse(
            """
            {"type":"object","properties":{"table":{"type":"string","description":"Catalog, schema and name, with dots between."},"day":{"type":"integer","description":"Days before today."}},"required":["table"]}
            """);
        return AIFunctionFactory.CreateDeclaration(
            name, $"Answers the question of {name} from the system tables.", schema.RootElement.Clone());
    }
}
