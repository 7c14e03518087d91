using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.Tests.Chat;

/// <summary>What a response has goes back as an earlier turn, unchanged.</summary>
public class ConversationTests
{
    public static TheoryData<string> Models => ServedNames.All;

    private static readonly AIFunctionDeclaration Weather =
        AIFunctionFactory.Create((string city) => city, "get_weather", "Returns the weather of a city.").AsDeclarationOnly();

    // Agents have tools of their own.
    private static Task<TestApp> StartAsync(string model) => ChatApp.StartAsync(options =>
    {
        options.AllowAnyEndpoint = true;
        options.ConfigureOptions = (_, chat) => chat.Tools = IsAgent(model) ? null : [Weather];
    });

    private static bool IsAgent(string model) => model.EndsWith("-agent", StringComparison.Ordinal);

    private static async Task<JsonObject> AskAsync(TestApp app, string model, JsonArray messages, string question)
    {
        if (question.Length > 0)
        {
            messages.Add(new JsonObject { ["role"] = "user", ["content"] = question });
        }

        var (status, json) = await app.PostAsync(
            "/chat",
            new JsonObject { ["endpoint"] = model, ["messages"] = messages.DeepClone(), ["reasoningEffort"] = "low" }.ToJsonString(),
            "application/json");
        Assert.True(status == 200, json.ToJsonString());
        var contents = json["contents"]!.AsArray().Where(part => (string?)part!["type"] is not "toolResult" and not "media")
            .Select(part => part!.DeepClone());
        messages.Add(new JsonObject { ["role"] = "assistant", ["content"] = new JsonArray([.. contents]) });
        return json;
    }

    [Theory, MemberData(nameof(Models))]
    public async Task A_conversation_continues_with_what_a_response_has(string model)
    {
        await using var app = await StartAsync(model);
        JsonArray messages = [];

        var first = await AskAsync(app, model, messages, IsAgent(model) ? "What is 2 + 3?" : "What is the weather in Oslo?");
        var calls = first["contents"]!.AsArray()
            .Where(part => (string?)part!["type"] == "toolCall" && !(bool)part["isInformational"]!).ToList();
        Assert.Equal(IsAgent(model), calls.Count == 0);
        if (calls.Count > 0)
        {
            messages.Add(new JsonObject
            {
                ["role"] = "tool",
                ["content"] = new JsonArray(
                [
                    .. calls.Select(call => new JsonObject
                    {
                        ["type"] = "toolResult", ["callId"] = (string?)call!["callId"], ["result"] = "rain, 4 degrees",
                    }),
                ]),
            });
            Assert.Contains("rain", (string?)(await AskAsync(app, model, messages, string.Empty))["text"], StringComparison.Ordinal);
        }

        Assert.NotEqual(string.Empty, (string?)(await AskAsync(app, model, messages, "And what is 4 + 5?"))["text"]);
    }
}
