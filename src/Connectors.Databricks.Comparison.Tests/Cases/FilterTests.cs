using Connectors.Databricks.Comparison.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace Connectors.Databricks.Comparison.Tests.Cases;

/// <summary>Filters of prompts and of functions. Those of automatic invocations are in <see cref="AutomaticFilterTests"/>.</summary>
public class FilterTests
{
    [Fact]
    public Task A_function_invocation_filter_wraps_the_prompt_and_what_the_model_calls()
    {
        var steps = new List<string>();
        return SideBySide.RunAsync(
            [Reply.Calls(Call.Weather()), Reply.Text("Sunny.")],
            Filter(async (context, next) =>
            {
                steps.Add($"{context.Function.Name} begins");
                await next(context);
                steps.Add($"{context.Function.Name} ends: {context.Result}");
            }),
            async app =>
            {
                steps.Clear();
                await app.Kernel.CreateFunctionFromPrompt("Weather?", Ask.Auto, "Ask").InvokeAsync(app.Kernel);
                return steps;
            });
    }

    [Fact]
    public Task A_function_invocation_filter_may_answer_for_the_model() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather()), Reply.Text("Rainy.")],
        Filter((context, next) =>
        {
            if (context.Function.Name == "Weather")
            {
                context.Result = new FunctionResult(context.Function, $"Rain in {context.Arguments["city"]}");
                return Task.CompletedTask;
            }

            return next(context);
        }),
        async app => (await app.Kernel.InvokePromptAsync("Weather?", new(Ask.Auto))).ToString());

    [Fact]
    public Task A_prompt_render_filter_may_change_the_prompt_that_is_sent() => SideBySide.RunAsync(
        [Reply.Text("Sunny.")],
        PromptFilter(context => context.RenderedPrompt += " Answer in one word."),
        async app => (await app.Kernel.InvokePromptAsync("Weather in {{$city}}?", new() { ["city"] = "Bonn" })).ToString());

    [Fact]
    public Task A_prompt_render_filter_may_answer_from_a_cache_without_a_request() => SideBySide.RunAsync(
        [Reply.Text("Sunny.")],
        PromptFilter(context =>
        {
            if (context.RenderedPrompt == "Cached?")
            {
                context.Result = new FunctionResult(context.Function, "From the cache.");
            }
        }),
        async app => new[]
        {
            (await app.Kernel.InvokePromptAsync("Cached?")).ToString(),
            (await app.Kernel.InvokePromptAsync("Weather?")).ToString(),
        });

    private static Action<IKernelBuilder> Filter(Func<FunctionInvocationContext, Func<FunctionInvocationContext, Task>, Task> act) =>
        builder => builder.Services.AddSingleton<IFunctionInvocationFilter>(new FunctionFilter(act));

    private static Action<IKernelBuilder> PromptFilter(Action<PromptRenderContext> act) =>
        builder => builder.Services.AddSingleton<IPromptRenderFilter>(new RenderFilter(act));

    private sealed class FunctionFilter(Func<FunctionInvocationContext, Func<FunctionInvocationContext, Task>, Task> act)
        : IFunctionInvocationFilter
    {
        public Task OnFunctionInvocationAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next) =>
            act(context, next);
    }

    private sealed class RenderFilter(Action<PromptRenderContext> act) : IPromptRenderFilter
    {
        public async Task OnPromptRenderAsync(PromptRenderContext context, Func<PromptRenderContext, Task> next)
        {
            await next(context);
            act(context);
        }
    }
}
