using System.Text.Json.Nodes;

namespace Connectors.Databricks.AspNetCore.Tests.OpenAI;

/// <summary>Responses of <c>responses</c>.</summary>
public class ResponsesTests
{
    [Theory, MemberData(nameof(ServedNames.All), MemberType = typeof(ServedNames))]
    public async Task Every_model_and_agent_is_one_text(string model)
    {
        await using var app = await OpenAIApp.StartAsync();
        var (status, whole) = await app.PostAsync("responses", $$"""{"model":"{{model}}","input":"hi"}""");
        var events = await app.StreamAsync("responses", $$"""{"model":"{{model}}","input":"hi","stream":true}""");

        Assert.Equal((200, "completed"), (status, (string?)whole["status"]));
        Assert.NotEmpty(TextOf(whole));
        var last = JsonNode.Parse(events[^1])!;
        Assert.Equal(("response.completed", "completed"), ((string?)last["type"], (string?)last["response"]!["status"]));
        Assert.Equal(
            TextOf(last["response"]!),
            string.Concat(events.Select(text => JsonNode.Parse(text)!)
                .Where(item => (string?)item["type"] == "response.output_text.delta").Select(item => (string?)item["delta"])));
    }

    private static string TextOf(JsonNode response) => string.Concat(
        response["output"]!.AsArray().Where(item => (string?)item!["type"] == "message")
            .SelectMany(item => item!["content"]!.AsArray()).Select(content => (string?)content!["text"]));
}
