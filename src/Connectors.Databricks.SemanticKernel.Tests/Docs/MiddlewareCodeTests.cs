using Connectors.Databricks.Emulator;
using Connectors.Databricks.SemanticKernel.Tests.Docs.Code;
using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Connectors.Databricks.SemanticKernel.Tests.Docs;

/// <summary>The middleware of the full Microsoft.Extensions.AI around our client, as the page shows it.</summary>
public class MiddlewareCodeTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_asked_before_comes_from_the_cache_calls_and_all(bool streams)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        emulator.Endpoint("system.ai.claude-sonnet-4-5").CallsTool("weather", """{"city":"Bonn"}""", reasoning: "Hm.").Replies("Sunny.");
        var services = new ServiceCollection();
        services.AddDistributedMemoryCache();
        services.AddDatabricksServing(options => (options.Host, options.Credential) = (emulator.Host, Access.Credential(emulator)));
        MiddlewareCode.Register(services);
        await using var provider = services.BuildServiceProvider();
        var chat = provider.GetRequiredService<IChatClient>();
        List<string> asked = [];
        var options = new ChatOptions
        {
            Tools = [AIFunctionFactory.Create(
                (string city) =>
                {
                    asked.Add(city);
                    return $"Sunny in {city}";
                },
                "weather")],
        };

        var first = await AnswerAsync();
        var second = await AnswerAsync();

        Assert.Equal(("Sunny.", "Sunny."), (first.Messages[^1].Text, second.Messages[^1].Text));
        Assert.Equal(["Bonn"], asked);
        Assert.Equal(2, emulator.Requests.Count);
        var (thought, cached) = (Thought(first), Thought(second));
        Assert.Equal(("Hm.", "Hm."), (thought.Text, cached.Text));
        Assert.NotNull(thought.ProtectedData);
        Assert.Equal(thought.ProtectedData, cached.ProtectedData);

        Task<ChatResponse> AnswerAsync() => streams
            ? chat.GetStreamingResponseAsync("Weather in Bonn?", options).ToChatResponseAsync()
            : chat.GetResponseAsync("Weather in Bonn?", options);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Failover_of_MEAI_calls_the_next_workspace_when_one_fails_before_its_first_update(bool streams)
    {
        await using var first = await DatabricksEmulator.StartAsync();
        await using var second = await DatabricksEmulator.StartAsync();
        first.Endpoint("system.ai.claude-sonnet-4-5").Fails(500, "INTERNAL_ERROR");
        second.Endpoint("system.ai.claude-sonnet-4-5").Replies("Sunny.");
        var chat = MiddlewareCode.Failover(Client(first), Client(second));

        var response = streams
            ? await chat.GetStreamingResponseAsync("Weather in Bonn?").ToChatResponseAsync()
            : await chat.GetResponseAsync("Weather in Bonn?");

        Assert.Equal("Sunny.", response.Text);
        Assert.Equal((1, 1), (first.Requests.Count, second.Requests.Count));

        static DatabricksServingClient Client(DatabricksEmulator emulator) => new(emulator.Host, Access.Credential(emulator));
    }

    private static TextReasoningContent Thought(ChatResponse response) =>
        response.Messages.SelectMany(message => message.Contents).OfType<TextReasoningContent>().First();
}
