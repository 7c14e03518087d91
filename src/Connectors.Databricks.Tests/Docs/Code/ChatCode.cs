using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Docs.Code;

/// <summary>The code of docs/chat.md. Each public method runs on the emulator as a test.</summary>
internal static partial class ChatCode
{
    public static async Task Ask(IChatClient chat)
    {
        // <ask>
        ChatResponse response = await chat.GetResponseAsync("Name one Dutch painter.");
        Console.WriteLine(response.Text);

        await foreach (ChatResponseUpdate update in chat.GetStreamingResponseAsync("Name another Dutch painter."))
        {
            Console.Write(update.Text);
        }
        // </ask>
    }

    internal static IChatClient ChatClientOptions(DatabricksServingClient serving)
    {
        // <chat-options>
        IChatClient careful = serving.GetChatClient("system.ai.claude-sonnet-4-5", new DatabricksChatOptions
        {
            CachePrompts = true,
            LookUpServedEntities = true,
        });
        // </chat-options>
        return careful;
    }

    public static async Task Options(IChatClient chat)
    {
        // <options>
        var options = new ChatOptions
        {
            ModelId = "system.ai.meta-llama-3-3-70b-instruct",   // another endpoint, for this call
            Instructions = "Answer in one sentence.",
            Temperature = 0.2f,
            MaxOutputTokens = 500,
            StopSequences = ["\n\n"],
        };
        ChatResponse response = await chat.GetResponseAsync("What is a lakehouse?", options);
        // </options>
        Assert.NotEmpty(response.Text);
    }

    public static async Task Image(IChatClient chat)
    {
        var png = new byte[] { 0x89, 0x50, 0x4E, 0x47 };

        // <image>
        var image = new DataContent(png, "image/png").WithImageDetail("low");
        var question = new ChatMessage(ChatRole.User, [new TextContent("What is on this picture?"), image]);
        ChatResponse response = await chat.GetResponseAsync(question);
        // </image>
        Assert.NotEmpty(response.Text);
    }

    public static async Task Tools(IChatClient chat)
    {
        // <tools>
        [Description("The weather in a city.")]
        static string GetWeather(string city) => $"Sunny in {city}.";

        var tool = AIFunctionFactory.Create(GetWeather, "get_weather");
        var options = new ChatOptions { Tools = [tool] };
        List<ChatMessage> history = [new(ChatRole.User, "What is the weather in Utrecht?")];

        ChatResponse response = await chat.GetResponseAsync(history, options);
        history.AddRange(response.Messages);
        foreach (var call in response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>())
        {
            object? result = await tool.InvokeAsync(new AIFunctionArguments(call.Arguments));
            history.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, result)]));
        }

        Console.WriteLine(await chat.GetResponseAsync(history, options));
        // </tools>
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
    }

    public static async Task Schema(IChatClient chat)
    {
        // <schema>
        var options = new ChatOptions
        {
            ResponseFormat = ChatResponseFormat.ForJsonSchema<Painter>(PainterJson.Default.Options),
        }.WithStrictSchema();
        ChatResponse response = await chat.GetResponseAsync("Name: Vermeer. Year of birth: 1632.", options);
        Painter? painter = JsonSerializer.Deserialize(response.Text, PainterJson.Default.Painter);
        // </schema>
        Assert.NotNull(painter);
    }

    // <schema>

    public sealed record Painter(string Name, int YearOfBirth);

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(Painter))]
    private sealed partial class PainterJson : JsonSerializerContext;
    // </schema>

    public static async Task Additional(IChatClient chat)
    {
        // <additional>
        var options = new ChatOptions
        {
            AdditionalProperties = new() { ["client_request_id"] = "order-4711" },
        }.WithServiceTier("priority").WithUsageContext(new Dictionary<string, string> { ["team"] = "search" });
        await chat.GetResponseAsync("Hello!", options);
        // </additional>
    }

    public static async Task Raw(IChatClient chat)
    {
        // <raw>
        var options = new ChatOptions
        {
            RawRepresentationFactory = _ => new JsonObject
            {
                ["max_tokens"] = 500,
                ["client_request_id"] = "order-4711",
            },
        };
        await chat.GetResponseAsync("Hello!", options);
        // </raw>
    }

    public static async Task Reasoning(IChatClient chat)
    {
        // <reasoning>
        var options = new ChatOptions
        {
            Reasoning = new ReasoningOptions { Effort = ReasoningEffort.Medium, Output = ReasoningOutput.Summary },
        };
        List<ChatMessage> history = [new(ChatRole.User, "Is 1,001 a prime number?")];
        ChatResponse response = await chat.GetResponseAsync(history, options);
        foreach (var thought in response.Messages.SelectMany(message => message.Contents).OfType<TextReasoningContent>())
        {
            Console.WriteLine($"(thinks: {thought.Text})");
        }

        history.AddRange(response.Messages);   // the thoughts are in there, and go back unchanged
        history.Add(new ChatMessage(ChatRole.User, "And 1,003?"));
        Console.WriteLine(await chat.GetResponseAsync(history, options));
        // </reasoning>
    }

    public static async Task Facts(IChatClient chat)
    {
        // <facts>
        ChatResponse response = await chat.GetResponseAsync("Hello!");
        Console.WriteLine(response.ModelId);
        Console.WriteLine(response.AdditionalProperties?[DatabricksPropertyNames.RequestId]);

        var raw = (DatabricksServingResponse)response.RawRepresentation!;
        JsonElement document = raw.ToJsonElement();
        Console.WriteLine(document.GetProperty("object"));
        // </facts>
    }

    public static async Task Choices(IChatClient chat)
    {
        // <choices>
        var options = new ChatOptions { ModelId = "system.ai.meta-llama-3-3-70b-instruct" }.WithChoiceCount(2);
        ChatResponse response = await chat.GetResponseAsync("Name a Dutch painter.", options);
        foreach (ChatMessage choice in response.Messages)
        {
            Console.WriteLine(choice.Text);
        }
        // </choices>
        Assert.Equal(2, response.Messages.Count);
    }
}
