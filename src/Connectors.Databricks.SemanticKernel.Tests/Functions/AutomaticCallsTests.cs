using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Tests.Functions;

public class AutomaticCallsTests
{
    private static readonly PromptExecutionSettings Auto = new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };

    [Fact]
    public async Task A_called_function_runs_and_its_result_leads_to_the_answer()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.CallsTool("City-Weather", """{"city":"Bonn"}""").Replies("Sunny.");
        ChatHistory history = [new(AuthorRole.User, "Weather in Bonn?")];

        var answer = Assert.Single(await fixture.Chat.GetChatMessageContentsAsync(history, Auto, fixture.Kernel));

        Assert.Equal("Sunny.", answer.Content);
        Assert.Equal(["Weather(Bonn)"], fixture.City.Calls);
        Assert.Equal([AuthorRole.User, AuthorRole.Assistant, AuthorRole.Tool], history.Select(message => message.Role));
        var call = Assert.Single(FunctionCallContent.GetFunctionCalls(history[1]));
        Assert.Equal(("City", "Weather", "Bonn"), (call.PluginName, call.FunctionName, (string?)call.Arguments!["city"]));
        var result = history[2].Items.OfType<FunctionResultContent>().Single();
        Assert.Equal((call.Id, "City", "Weather", "Sunny in Bonn"), (result.CallId, result.PluginName, result.FunctionName, result.Result));
        Assert.Equal("Sunny in Bonn", history[2].Content);
    }

    [Fact]
    public async Task The_model_is_told_of_each_function_of_the_kernel()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);

        await fixture.Chat.GetChatMessageContentsAsync("Hello", Auto, fixture.Kernel);

        var tools = fixture.Sent()["tools"]!.AsArray();
        Assert.Equal(["City-Weather", "City-Count", "City-Fail"], tools.Select(tool => (string?)tool!["function"]!["name"]));
        Assert.Equal("Tells the weather in a city.", (string?)tools[0]!["function"]!["description"]);
        Assert.Equal("string", (string?)tools[0]!["function"]!["parameters"]!["properties"]!["city"]!["type"]);
        Assert.Equal("The city.", (string?)tools[0]!["function"]!["parameters"]!["properties"]!["city"]!["description"]);
        Assert.Equal("city", (string?)tools[0]!["function"]!["parameters"]!["required"]![0]);
        Assert.Equal("auto", (string?)fixture.Sent()["tool_choice"]);
    }

    [Fact]
    public async Task Numbers_are_text_to_the_app_and_numbers_on_the_wire()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.CallsTool("City-Count", """{"men":2,"women":3}""").Replies("Five.");
        ChatHistory history = [new(AuthorRole.User, "How many?")];

        await fixture.Chat.GetChatMessageContentsAsync(history, Auto, fixture.Kernel);

        Assert.Equal(["Count(2, 3)"], fixture.City.Calls);
        Assert.Equal("2", FunctionCallContent.GetFunctionCalls(history[1]).Single().Arguments!["men"]);
        Assert.Equal("""{"men":2,"women":3}""", (string?)fixture.Sent()["messages"]![1]!["tool_calls"]![0]!["function"]!["arguments"]);
        Assert.Equal("5", (string?)fixture.Sent()["messages"]![2]!["content"]);
    }

    [Fact]
    public async Task Arguments_keep_their_types_when_the_app_asks_for_it()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.CallsTool("City-Count", """{"men":2,"women":3}""").Replies("Five.");
        ChatHistory history = [new(AuthorRole.User, "How many?")];
        var options = new FunctionChoiceBehaviorOptions { RetainArgumentTypes = true };

        await fixture.Chat.GetChatMessageContentsAsync(
            history, new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(options: options) }, fixture.Kernel);

        Assert.Equal(2, Assert.IsType<System.Text.Json.JsonElement>(
            FunctionCallContent.GetFunctionCalls(history[1]).Single().Arguments!["men"]).GetInt32());
        Assert.Equal(["Count(2, 3)"], fixture.City.Calls);
    }

    [Fact]
    public async Task A_function_that_throws_tells_the_model_why()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.CallsTool("City-Fail").Replies("Sorry.");
        ChatHistory history = [new(AuthorRole.User, "Cross the bridge.")];

        await fixture.Chat.GetChatMessageContentsAsync(history, Auto, fixture.Kernel);

        const string Error = "Error: Exception while invoking function. The bridge is closed.";
        Assert.Equal(Error, (string?)fixture.Sent()["messages"]![2]!["content"]);
        Assert.Equal(Error, Assert.IsType<FunctionResultContent>(Assert.Single(history[2].Items)).Result);
    }

    [Theory]
    [InlineData(
        "City-Weather", "{nonsense",
        "Error: Function call processing failed. Correct yourself. Error: Function call arguments were invalid JSON.")]
    [InlineData("City-Mayor", "{}", "Error: Function call request for a function that wasn't defined. Correct yourself.")]
    public async Task A_call_that_cannot_run_tells_the_model_to_correct_itself(string name, string arguments, string told)
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.CallsTool(name, arguments).Replies("Sorry.");

        await fixture.Chat.GetChatMessageContentsAsync("Go on.", Auto, fixture.Kernel);

        Assert.Equal(told, (string?)fixture.Sent()["messages"]![2]!["content"]);
        Assert.Empty(fixture.City.Calls);
    }

    [Fact]
    public async Task Several_calls_of_one_answer_run_one_after_the_other_and_each_gets_its_result()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.CallsTools(("City-Weather", """{"city":"Bonn"}"""), ("City-Weather", """{"city":"Ulm"}""")).Replies("Sunny.");
        ChatHistory history = [new(AuthorRole.User, "Weather?")];

        await fixture.Chat.GetChatMessageContentsAsync(history, Auto, fixture.Kernel);

        Assert.Equal(["Weather(Bonn)", "Weather(Ulm)"], fixture.City.Calls);
        Assert.Equal(
            ["Sunny in Bonn", "Sunny in Ulm"],
            history.Where(message => message.Role == AuthorRole.Tool).Select(message => message.Content));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Calls_run_at_the_same_time_when_the_app_allows_it(bool isConcurrent)
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.CallsTools(("Pair-Meet", "{}"), ("Pair-Meet", "{}")).Replies("Met.");
        var waiting = 0;
        var both = new TaskCompletionSource();
        fixture.Kernel.Plugins.AddFromFunctions("Pair", [KernelFunctionFactory.CreateFromMethod(
            async () =>
            {
                if (Interlocked.Increment(ref waiting) == 2 || !isConcurrent)
                {
                    both.TrySetResult();
                }

                await both.Task;
                return "met";
            },
            "Meet")]);
        var options = new FunctionChoiceBehaviorOptions { AllowConcurrentInvocation = isConcurrent, AllowParallelCalls = true };

        // Run one after the other the first would wait for ever.
        var answer = await fixture.Chat.GetChatMessageContentsAsync(
            "Meet.", new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(options: options) }, fixture.Kernel);

        Assert.Equal("Met.", answer[0].Content);
        Assert.True((bool?)fixture.Sent(0)["parallel_tool_calls"]);
    }

    [Fact]
    public async Task Without_automatic_calls_the_app_gets_the_call_and_runs_it_itself()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.CallsTool("City-Weather", """{"city":"Bonn"}""").Replies("Sunny.");
        PromptExecutionSettings manual = new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(autoInvoke: false) };
        ChatHistory history = [new(AuthorRole.User, "Weather in Bonn?")];

        var asked = await fixture.Chat.GetChatMessageContentAsync(history, manual, fixture.Kernel);
        Assert.Empty(fixture.City.Calls);
        Assert.Equal("ToolCalls", asked.Metadata!["FinishReason"]);
        history.Add(asked);
        foreach (var call in FunctionCallContent.GetFunctionCalls(asked))
        {
            history.Add((await call.InvokeAsync(fixture.Kernel)).ToChatMessage());
        }

        var answer = await fixture.Chat.GetChatMessageContentAsync(history, manual, fixture.Kernel);

        Assert.Equal("Sunny.", answer.Content);
        Assert.Equal("Sunny in Bonn", (string?)fixture.Sent()["messages"]![2]!["content"]);
    }

    [Fact]
    public async Task Without_a_behavior_no_function_is_advertised()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);

        await fixture.Chat.GetChatMessageContentsAsync("Hello", null, fixture.Kernel);

        Assert.Null(fixture.Sent()["tools"]);
    }

    [Fact]
    public async Task Automatic_calls_need_a_kernel()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);

        await Assert.ThrowsAsync<KernelException>(() => fixture.Chat.GetChatMessageContentsAsync("Hello", Auto));
    }

    [Fact]
    public async Task A_required_function_is_on_offer_once()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.CallsTool("City-Weather", """{"city":"Bonn"}""").Replies("Sunny.");
        var weather = fixture.Kernel.Plugins.GetFunction("City", "Weather");

        await fixture.Chat.GetChatMessageContentsAsync(
            "Weather?", new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Required([weather]) }, fixture.Kernel);

        Assert.Equal("required", (string?)fixture.Sent(0)["tool_choice"]);
        Assert.Equal(["City-Weather"], fixture.Sent(0)["tools"]!.AsArray().Select(tool => (string?)tool!["function"]!["name"]));
        Assert.Null(fixture.Sent(1)["tools"]);
    }

    [Fact]
    public async Task Any_function_can_be_required()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.CallsTool("City-Weather", """{"city":"Bonn"}""").Replies("Sunny.");

        await fixture.Chat.GetChatMessageContentsAsync(
            "Weather?", new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Required() }, fixture.Kernel);

        Assert.Equal(("required", 3), ((string?)fixture.Sent(0)["tool_choice"], fixture.Sent(0)["tools"]!.AsArray().Count));
    }

    [Fact]
    public async Task Functions_can_be_described_without_being_called()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);

        await fixture.Chat.GetChatMessageContentsAsync(
            "Which function would you call?", new() { FunctionChoiceBehavior = FunctionChoiceBehavior.None() }, fixture.Kernel);

        Assert.Equal(("none", 3), ((string?)fixture.Sent()["tool_choice"], fixture.Sent()["tools"]!.AsArray().Count));
    }

    [Fact]
    public async Task Strict_schemas_are_asked_for_when_the_app_allows_them()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        var options = new FunctionChoiceBehaviorOptions { AllowStrictSchemaAdherence = true };

        await fixture.Chat.GetChatMessageContentsAsync(
            "Hello", new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(options: options) }, fixture.Kernel);

        Assert.All(fixture.Sent()["tools"]!.AsArray(), tool => Assert.True((bool?)tool!["function"]!["strict"]));
    }

    [Fact]
    public async Task An_app_may_offer_some_of_its_functions()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        var weather = fixture.Kernel.Plugins.GetFunction("City", "Weather");

        await fixture.Chat.GetChatMessageContentsAsync(
            "Hello", new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto([weather]) }, fixture.Kernel);

        Assert.Equal(("auto", 1), ((string?)fixture.Sent()["tool_choice"], fixture.Sent()["tools"]!.AsArray().Count));
    }

    [Fact]
    public async Task A_model_that_never_stops_calling_is_left_to_the_app_after_128_requests()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        for (var i = 0; i < 130; i++)
        {
            fixture.Endpoint.CallsTool("City-Weather", """{"city":"Bonn"}""");
        }

        var answer = await fixture.Chat.GetChatMessageContentAsync("Weather?", Auto, fixture.Kernel);

        Assert.Single(FunctionCallContent.GetFunctionCalls(answer));
        Assert.Equal((128, 129), (fixture.City.Calls.Count, fixture.Endpoint.Requests.Count));
    }
}
