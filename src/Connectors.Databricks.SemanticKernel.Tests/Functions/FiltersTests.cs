using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Tests.Functions;

public class FiltersTests
{
    private static readonly DatabricksPromptExecutionSettings Auto = new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };

    [Fact]
    public async Task A_filter_sees_the_call_as_it_is()
    {
        await using var fixture = await EmulatedKernel.StartAsync();
        fixture.Endpoint.CallsTool("City-Weather", """{"city":"Bonn"}""", text: "Let me see.", reasoning: "Hm.").Replies("Sunny.");
        ChatHistory history = [new(AuthorRole.User, "Weather?")];
        using var source = new CancellationTokenSource();
        var seen = 0;
        fixture.Kernel.AutoFunctionInvocationFilters.Add(new Filter(async (context, next) =>
        {
            seen++;
            Assert.Equal(("City", "Weather"), (context.Function.PluginName, context.Function.Name));
            Assert.Equal("Bonn", (string)context.Arguments!["city"]!);
            Assert.Equal((0, 0, 1), (context.RequestSequenceIndex, context.FunctionSequenceIndex, context.FunctionCount));
            Assert.Equal(FunctionCallContent.GetFunctionCalls(context.ChatMessageContent).Single().Id, context.ToolCallId);
            Assert.Equal("Let me see.", context.ChatMessageContent.Content);
            Assert.Contains(context.ChatMessageContent.Items, item => item is ReasoningContent);
            Assert.Same(history, context.ChatHistory);
            Assert.Same(Auto, context.ExecutionSettings);
            Assert.Same(fixture.Kernel, context.Kernel);
            Assert.Equal(source.Token, context.CancellationToken);
            Assert.False(context.IsStreaming);
            await next(context);
            Assert.Equal("Sunny in Bonn", context.Result.GetValue<string>());
        }));

        await fixture.Chat.GetChatMessageContentsAsync(history, Auto, fixture.Kernel, source.Token);

        Assert.Equal(1, seen);
        Assert.Equal("Sunny in Bonn", history[^1].Content);
    }

    [Fact]
    public async Task Filters_run_in_their_order_around_the_function()
    {
        await using var fixture = await EmulatedKernel.StartAsync();
        fixture.Endpoint.CallsTool("City-Weather", """{"city":"Bonn"}""").Replies("Sunny.");
        List<string> order = [];
        foreach (var name in (string[])["first", "second"])
        {
            fixture.Kernel.AutoFunctionInvocationFilters.Add(new Filter(async (context, next) =>
            {
                order.Add($"{name} before");
                await next(context);
                order.Add($"{name} after");
            }));
        }

        await fixture.Chat.GetChatMessageContentsAsync("Weather?", Auto, fixture.Kernel);

        Assert.Equal(["first before", "second before", "second after", "first after"], order);
    }

    [Fact]
    public async Task A_filter_may_answer_in_place_of_the_function()
    {
        await using var fixture = await EmulatedKernel.StartAsync();
        fixture.Endpoint.CallsTool("City-Weather", """{"city":"Bonn"}""").Replies("Rain.");
        fixture.Kernel.AutoFunctionInvocationFilters.Add(new Filter((context, _) =>
        {
            context.Result = new FunctionResult(context.Function, "Rain");
            return Task.CompletedTask;
        }));

        await fixture.Chat.GetChatMessageContentsAsync("Weather?", Auto, fixture.Kernel);

        Assert.Empty(fixture.City.Calls);
        Assert.Equal("Rain", (string?)fixture.Sent()["messages"]![2]!["content"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_filter_that_terminates_ends_the_turn_with_the_result(bool runsFirst)
    {
        await using var fixture = await EmulatedKernel.StartAsync();
        fixture.Endpoint.CallsTools(("City-Weather", """{"city":"Bonn"}"""), ("City-Weather", """{"city":"Ulm"}""")).Replies("Later.");
        fixture.Kernel.AutoFunctionInvocationFilters.Add(new Filter(async (context, next) =>
        {
            context.Terminate = !runsFirst;
            await next(context);
            context.Terminate = true;
        }));
        ChatHistory history = [new(AuthorRole.User, "Weather?")];

        var answer = Assert.Single(await fixture.Chat.GetChatMessageContentsAsync(history, Auto, fixture.Kernel));

        Assert.Equal((AuthorRole.Tool, runsFirst ? "Sunny in Bonn" : ""), (answer.Role, answer.Content));
        Assert.Equal(runsFirst ? ["Weather(Bonn)"] : [], fixture.City.Calls);
        Assert.Same(history[^1], answer);
        Assert.Single(fixture.Endpoint.Requests);
    }

    [Fact]
    public async Task A_result_that_the_app_adds_once_more_is_sent_once()
    {
        await using var fixture = await EmulatedKernel.StartAsync();
        fixture.Endpoint.CallsTool("City-Weather", """{"city":"Bonn"}""").Replies("Fine.");
        fixture.Kernel.AutoFunctionInvocationFilters.Add(new Filter(async (context, next) =>
        {
            await next(context);
            context.Terminate = true;
        }));
        ChatHistory history = [new(AuthorRole.User, "Weather?")];
        history.AddRange(await fixture.Chat.GetChatMessageContentsAsync(history, Auto, fixture.Kernel));
        history.AddUserMessage("And now?");

        await fixture.Chat.GetChatMessageContentsAsync(history, Auto, fixture.Kernel);

        Assert.Equal(
            ["user", "assistant", "tool", "user"], fixture.Sent()["messages"]!.AsArray().Select(message => (string?)message!["role"]));
    }

    [Fact]
    public async Task What_a_filter_changes_in_the_arguments_reaches_the_function()
    {
        await using var fixture = await EmulatedKernel.StartAsync();
        fixture.Endpoint.CallsTool("City-Weather", """{"city":"Bonn"}""").Replies("Sunny.");
        fixture.Kernel.AutoFunctionInvocationFilters.Add(new Filter((context, next) =>
        {
            context.Arguments!["city"] = "Ulm";
            return next(context);
        }));

        await fixture.Chat.GetChatMessageContentsAsync("Weather?", Auto, fixture.Kernel);

        Assert.Equal(["Weather(Ulm)"], fixture.City.Calls);
    }

    [Fact]
    public async Task A_filter_that_terminates_and_throws_ends_the_turn_with_what_went_wrong()
    {
        await using var fixture = await EmulatedKernel.StartAsync();
        fixture.Endpoint.CallsTool("City-Weather", """{"city":"Bonn"}""").Replies("Later.");
        fixture.Kernel.AutoFunctionInvocationFilters.Add(new Filter((context, _) =>
        {
            context.Terminate = true;
            throw new InvalidOperationException("Closed.");
        }));

        var answer = await fixture.Chat.GetChatMessageContentAsync("Weather?", Auto, fixture.Kernel);

        Assert.Equal((AuthorRole.Tool, null), (answer.Role, answer.Content));
        Assert.Equal(
            "Error: Exception while invoking function. Closed.", Assert.IsType<FunctionResultContent>(answer.Items.Single()).Result);
        Assert.Single(fixture.Endpoint.Requests);
    }

    [Fact]
    public async Task Calls_at_the_same_time_are_all_answered_before_a_filter_ends_the_turn()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.CallsTools(("City-Weather", """{"city":"Bonn"}"""), ("City-Weather", """{"city":"Ulm"}""")).Replies("Later.");
        fixture.Kernel.AutoFunctionInvocationFilters.Add(new Filter(async (context, next) =>
        {
            await next(context);
            context.Terminate = context.FunctionSequenceIndex == 0;
        }));
        var options = new FunctionChoiceBehaviorOptions { AllowConcurrentInvocation = true };
        ChatHistory history = [new(AuthorRole.User, "Weather?")];

        var answer = await fixture.Chat.GetChatMessageContentAsync(
            history, new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(options: options) }, fixture.Kernel);

        Assert.Equal(["Sunny in Bonn", "Sunny in Ulm"], history.Skip(2).Select(message => message.Content));
        Assert.Same(history[^1], answer);
        Assert.Single(fixture.Endpoint.Requests);
    }

    [Fact]
    public async Task A_caller_who_cancels_while_a_function_runs_is_told_so()
    {
        await using var fixture = await EmulatedKernel.StartAsync();
        fixture.Endpoint.CallsTool("City-Weather", """{"city":"Bonn"}""").Replies("Later.");
        using var source = new CancellationTokenSource();
        fixture.Kernel.AutoFunctionInvocationFilters.Add(new Filter(async (context, _) =>
        {
            await source.CancelAsync();
            context.CancellationToken.ThrowIfCancellationRequested();
        }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => fixture.Chat.GetChatMessageContentsAsync("Weather?", Auto, fixture.Kernel, source.Token));
    }
}
