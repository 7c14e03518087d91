using System.Diagnostics.CodeAnalysis;
using Connectors.Databricks.Comparison.Tests.Harness;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.Comparison.Tests.Cases;

/// <summary>Templates, prompt functions and the types that a result reads as.</summary>
public class PromptTests
{
    [Fact]
    public Task A_template_with_variables_functions_and_roles_is_rendered_and_sent() => SideBySide.RunAsync(
        [Reply.Text("Bring sunglasses.")],
        async app => (await app.Kernel.InvokePromptAsync(
            """
            <message role="system">Be {{$tone}}.</message>
            <message role="user">{{City.Weather $city}}. What do I bring?</message>
            <message role="assistant">To where?</message>
            <message role="user">{{$city}} &amp; around</message>
            """,
            new() { ["tone"] = "brief", ["city"] = "Köln" })).ToString());

    [Fact]
    public Task A_template_of_another_format_is_rendered_and_sent() => SideBySide.RunAsync(
        [Reply.Text("Sunny.")],
        async app => (await app.Kernel.InvokePromptAsync(
            "Weather in [city]?", new() { ["city"] = "Bonn" }, templateFormat: "brackets", new BracketsTemplateFactory())).ToString());

    [Fact]
    public Task A_prompt_function_takes_the_settings_of_its_configuration() => SideBySide.RunAsync(
        [Reply.Text("A poem.")],
        app => InvokeAsync(app, """
            { "name": "Poem", "template": "Write a poem about {{$topic}}.",
              "input_variables": [ { "name": "topic", "default": "rain" } ], "execution_settings": { "default": {
                "temperature": 0.25, "max_tokens": 50, "top_p": "0.5", "stop_sequences": [ "END" ], "seed": 7 } } }
            """),
        AcceptedDifferences.MaxTokens, AcceptedDifferences.MaxOutputTokens, AcceptedDifferences.NotInResponses);

    [Fact]
    public Task A_prompt_configuration_may_offer_functions() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather()), Reply.Text("Sunny.")],
        app => InvokeAsync(app, """
            { "template": "Weather?", "execution_settings": { "default": { "function_choice_behavior": {
                "type": "auto", "functions": [ "City.Weather" ], "options": { "allow_parallel_calls": true } } } } }
            """));

    [Fact]
    public Task A_result_reads_as_text_as_a_message_and_as_a_response() => SideBySide.RunAsync(
        [Reply.Text("One."), Reply.Text("Two."), Reply.Text("Three."), Reply.Text("Four.")],
        async app => new
        {
            Text = await app.Kernel.InvokePromptAsync<string>("Count."),
            Content = Snapshot.Message((await app.Kernel.InvokePromptAsync<ChatMessageContent>("Count."))!),
            Message = Snapshot.Role((await app.Kernel.InvokePromptAsync<ChatMessage>("Count."))!.Role.Value),
            Response = (await app.Kernel.InvokePromptAsync<ChatResponse>("Count."))!.Text,
        });

    [Fact]
    public Task A_result_has_its_rendered_prompt() => SideBySide.RunAsync(
        [Reply.Text("One.")],
        async app => (await app.Kernel.InvokePromptAsync("Count to {{$n}}.", new() { ["n"] = "1" })).RenderedPrompt);

    [Fact]
    public Task A_streamed_prompt_gives_the_same_text() => SideBySide.RunAsync(
        [Reply.Streamed("O", "ne", ".")],
        async app => string.Concat(await app.Kernel.InvokePromptStreamingAsync<string>("Count.").ToListAsync()));

    [Fact]
    public Task A_prompt_function_that_the_model_calls_makes_a_request_of_its_own() => SideBySide.RunAsync(
        [Reply.Calls(new Call("Poems-Write", """{ "topic" :"rain" }""")), Reply.Text("Drip, drop."), Reply.Text("Here it is.")],
        builder => builder.Plugins.AddFromFunctions(
            "Poems", [KernelFunctionFactory.CreateFromPrompt("Write about {{$topic}}.", functionName: "Write")]),
        Ask.NonStreaming(Ask.Auto));

    [Fact]
    public Task A_function_that_the_model_calls_may_use_the_services_of_the_kernel() => SideBySide.RunAsync(
        [Reply.Calls(new Call("Oracle-Ask", "{ }")), Reply.Text("Forty-two."), Reply.Text("It is 42.")],
        builder => builder.Plugins.AddFromFunctions("Oracle", [KernelFunctionFactory.CreateFromMethod(
            async (Kernel kernel) =>
                (await kernel.GetRequiredService<IChatCompletionService>().GetChatMessageContentAsync("The answer?")).Content,
            "Ask")]),
        Ask.NonStreaming(Ask.Auto));

    private static async Task<object?> InvokeAsync(App app, string configuration) =>
        (await app.Kernel.CreateFunctionFromPrompt(PromptTemplateConfig.FromJson(configuration)).InvokeAsync(app.Kernel)).ToString();

    /// <summary>A format of the app's own, as those of Handlebars and Liquid are.</summary>
    private sealed class BracketsTemplateFactory : IPromptTemplateFactory
    {
        public bool TryCreate(PromptTemplateConfig templateConfig, [NotNullWhen(true)] out IPromptTemplate? result)
        {
            result = templateConfig.TemplateFormat == "brackets" ? new BracketsTemplate(templateConfig.Template) : null;
            return result is not null;
        }
    }

    private sealed class BracketsTemplate(string template) : IPromptTemplate
    {
        public Task<string> RenderAsync(Kernel kernel, KernelArguments? arguments = null, CancellationToken cancellationToken = default) =>
            Task.FromResult((arguments ?? []).Aggregate(template, (text, argument) =>
                text.Replace($"[{argument.Key}]", $"{argument.Value}", StringComparison.Ordinal)));
    }
}
