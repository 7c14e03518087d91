using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Docs.Code;

/// <summary>The code of docs/models.md. What takes a client runs on the emulator as a test.</summary>
internal static class ModelsCode
{
    public static async Task Adjustments(IChatClient chat)
    {
        // <adjustments>
        var options = new ChatOptions { Temperature = 0.2f, TopP = 0.9f, Seed = 42 };
        ChatResponse response = await chat.GetResponseAsync("Name a Dutch painter.", options);
        foreach (DatabricksRequestAdjustment change in response.GetRequestAdjustments())
        {
            Console.WriteLine($"{change.Field} {change.Change}: {change.Reason}");
        }
        // </adjustments>
        Assert.Equal(["top_p", "seed"], response.GetRequestAdjustments().Select(change => change.Field));
    }

    public static async Task Bare(IChatClient chat)
    {
        // <unshaped>
        var options = new ChatOptions { Temperature = 0.2f }.WithRequestShaping(false);
        await chat.GetResponseAsync("Hello!", options);
        // </unshaped>
    }

    public static async Task Cache(IChatClient chat)
    {
        var handbook = "A long text.";

        // <cache-points>
        List<ChatMessage> messages =
        [
            new ChatMessage(ChatRole.System, handbook).WithCacheControl(),
            new ChatMessage(ChatRole.User, "How many days of leave do I have?"),
        ];
        ChatResponse response = await chat.GetResponseAsync(messages);
        Console.WriteLine(response.Usage?.CachedInputTokenCount);
        Console.WriteLine(response.Usage?.AdditionalCounts?["cache_creation_input_tokens"]);
        // </cache-points>
    }

    public static async Task Corrections(DatabricksServingClient serving)
    {
        // <corrections>
        foreach (DatabricksParameterCorrection correction in serving.GetCorrections())
        {
            Console.WriteLine(
                $"{correction.EndpointName}: {correction.Field} is {correction.Change}, because \"{correction.ServiceMessage}\"");
        }

        DatabricksModelInfo? model = serving.GetModelInfo("databricks-claude-sonnet-4-5");   // the record, corrections included
        serving.ClearCorrections("prod-chat");
        // </corrections>
        Assert.NotNull(model);
        await serving.GetChatClient(model.Name is { } name ? $"databricks-{name}" : "").GetResponseAsync("Hello!");
    }

    public static DatabricksServingOptions Records()
    {
        // <records>
        var options = new DatabricksServingOptions
        {
            Models = DatabricksModelCapabilities.BuiltIn
                .WithEndpoint("prod-chat", "claude-opus-4-8")
                .With(DatabricksModelCapabilities.BuiltIn.Find("gpt-5-2")! with { MaxOutputTokens = 32_000 })
                .WithJson("""
                    {
                      "models": [
                        { "name": "house-model", "like": "llama", "max_output_tokens": 4000, "parameters": { "refused": ["top_k", "seed"] } }
                      ],
                      "endpoints": { "assistant-eu": "house-model" }
                    }
                    """),
        };
        // </records>
        return options;
    }

    public static DatabricksChatOptions Images(HttpClient http)
    {
        // <fetch-image>
        var options = new DatabricksChatOptions
        {
            FetchImage = async (address, cancellationToken) => address.Host == "images.example.com"
                ? new DataContent(await http.GetByteArrayAsync(address, cancellationToken), "image/png")
                : throw new NotSupportedException($"Images of {address.Host} are not fetched."),
        };
        // </fetch-image>
        return options;
    }
}
