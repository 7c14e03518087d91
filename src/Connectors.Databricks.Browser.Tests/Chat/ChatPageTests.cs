using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connectors.Databricks.Browser.Tests.Chat;

/// <summary>The chat page of the sample.</summary>
public class ChatPageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private const string Claude = "system.ai.claude-sonnet-4-5";

    private static async Task AskAsync(PageSession session, string question)
    {
        await session.Page.GetByRole(AriaRole.Textbox, new() { Name = "Message" }).FillAsync(question);
        await session.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
    }

    [BrowserTheory]
    [InlineData("desktop")]
    [InlineData("phone")]
    public async Task A_chat_shows_reasoning_functions_text_and_token_counts(string screen)
    {
        await using var sample = await SampleApp.StartAsync();
        await using var session = await PageSession.OpenAsync(fixture, sample.Address, screen);
        await session.SaveScreenshotAsync($"chat-empty-{screen}");
        await AskAsync(session, "What is the weather in Ghent today?");

        var answer = session.Page.Locator(".assistant");
        await Expect(answer.Locator(".usage")).ToContainTextAsync("tokens in");
        await Expect(answer.Locator(".text").Last).ToContainTextAsync("Ghent");
        var tool = answer.Locator("details.tool");
        await Expect(tool).Not.ToHaveAttributeAsync("open", "");
        await Expect(tool.Locator("summary")).ToHaveTextAsync("get_weatherdone");
        await tool.Locator("summary").ClickAsync();
        await Expect(tool.Locator("pre").First).ToContainTextAsync("\"city\": \"Ghent\"");
        var reasoning = answer.Locator("details.reasoning").First;
        await Expect(reasoning).Not.ToHaveAttributeAsync("open", "");
        await reasoning.Locator("summary").ClickAsync();
        await Expect(reasoning.Locator(".thought")).ToContainTextAsync("I call get_weather");
        await Expect(session.Page.Locator("#total")).ToContainTextAsync("tokens in this chat");
        await session.SaveScreenshotAsync($"chat-{screen}");
        Assert.False(await session.ScrollsSidewaysAsync());
        Assert.Empty(session.Errors);
    }

    [BrowserFact]
    public async Task The_text_arrives_in_pieces_and_the_stop_button_ends_it()
    {
        await using var sample = await SampleApp.StartAsync(TimeSpan.FromMilliseconds(20));
        await using var session = await PageSession.OpenAsync(fixture, sample.Address);
        await AskAsync(session, "Count to 2000.");
        var text = session.Page.Locator(".assistant .text");
        await Expect(text).ToContainTextAsync("1, 2, 3");
        await Expect(session.Page.GetByRole(AriaRole.Button, new() { Name = "Send" })).ToBeHiddenAsync();

        await session.Page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();

        await Expect(session.Page.Locator(".assistant .usage")).ToContainTextAsync("Stopped");
        await Expect(session.Page.GetByRole(AriaRole.Button, new() { Name = "Send" })).ToBeVisibleAsync();
        Assert.DoesNotContain("2000", await text.InnerTextAsync(), StringComparison.Ordinal);

        await AskAsync(session, "What is 17 * 23?");
        await Expect(session.Page.Locator(".assistant .text").Last).ToContainTextAsync("391");
        Assert.Empty(session.Errors);
    }

    [BrowserFact]
    public async Task A_conversation_goes_on_and_starts_again()
    {
        await using var sample = await SampleApp.StartAsync();
        await using var session = await PageSession.OpenAsync(fixture, sample.Address);
        await AskAsync(session, "My name is Ada.");
        await Expect(session.Page.Locator(".usage")).ToHaveCountAsync(1);
        await AskAsync(session, "What is my name?");
        await Expect(session.Page.Locator(".usage")).ToHaveCountAsync(2);
        await Expect(session.Page.Locator(".assistant .text").Last).ToContainTextAsync("Ada");

        await session.Page.GetByRole(AriaRole.Button, new() { Name = "New chat" }).ClickAsync();

        await Expect(session.Page.Locator(".message")).ToHaveCountAsync(0);
        await Expect(session.Page.Locator("#welcome")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Later_turns_have_the_reasoning_and_the_results_of_functions()
    {
        await using var sample = await SampleApp.StartAsync();
        await using var session = await PageSession.OpenAsync(fixture, sample.Address);
        await AskAsync(session, "What is the status of order 4711?");
        await Expect(session.Page.Locator(".usage")).ToHaveCountAsync(1);
        await AskAsync(session, "What is 17 * 23?");
        await Expect(session.Page.Locator(".assistant .text").Last).ToContainTextAsync("391");

        var messages = JsonNode.Parse(sample.Emulator.Requests[^1].Body)!["messages"]!.AsArray();
        Assert.Equal(
            ["system", "user", "assistant", "tool", "assistant", "user"], messages.Select(message => (string?)message!["role"]));
        Assert.Contains("\"signature\":", messages[2]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("City bicycle", (string?)messages[3]!["content"], StringComparison.Ordinal);

        // Another model gets no reasoning of this one.
        await session.Page.GetByRole(AriaRole.Combobox, new() { Name = "Model" }).SelectOptionAsync("system.ai.gpt-oss-120b");
        await AskAsync(session, "What is 2 + 3?");
        await Expect(session.Page.Locator(".assistant .text").Last).ToContainTextAsync("5");
        Assert.DoesNotContain("signature", sample.Emulator.Requests[^1].Body, StringComparison.Ordinal);
        Assert.Empty(session.Errors);
    }

    [BrowserTheory]
    [InlineData("before")]
    [InlineData("in the stream")]
    public async Task A_failure_is_shown_in_the_conversation(string moment)
    {
        await using var sample = await SampleApp.StartAsync();
        if (moment == "before")
        {
            sample.Emulator.Endpoint(Claude).Fails(400, "BAD_REQUEST", "The request is bad.");
        }
        else
        {
            sample.Emulator.Endpoint(Claude).CutsTheStreamAfter(3);
        }

        await using var session = await PageSession.OpenAsync(fixture, sample.Address);
        await AskAsync(session, "Hello");

        await Expect(session.Page.Locator(".assistant .problem")).ToBeVisibleAsync();
        await Expect(session.Page.GetByRole(AriaRole.Button, new() { Name = "Send" })).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Markup_in_an_answer_is_text()
    {
        await using var sample = await SampleApp.StartAsync();
        sample.Emulator.Endpoint(Claude).Replies("<img src=x onerror=alert(1)> <b>bold</b>", reasoning: "<script>alert(2)</script>");
        await using var session = await PageSession.OpenAsync(fixture, sample.Address);
        await AskAsync(session, "Hello");

        await Expect(session.Page.Locator(".assistant .text")).ToHaveTextAsync("<img src=x onerror=alert(1)> <b>bold</b>");
        Assert.Equal(0, await session.Page.Locator("#log img, #log script, #log b").CountAsync());
        Assert.Empty(session.Errors);
    }
}
