using Connectors.Databricks.Comparison.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Services;
using Microsoft.SemanticKernel.TextGeneration;

namespace Connectors.Databricks.Comparison.Tests.Cases;

/// <summary>Several services in one kernel, and what a container makes of them.</summary>
public class ServiceTests
{
    [Theory]
    [InlineData("fast")]
    [InlineData("smart")]
    public Task A_service_is_selected_by_its_id(string serviceId) => SideBySide.RunAsync(
        [Reply.Text("Hello.")], app => InvokeAsync(app, new(new PromptExecutionSettings { ServiceId = serviceId })));

    [Theory]
    [InlineData("fast-model")]
    [InlineData("smart-model")]
    public Task A_service_is_selected_by_its_model(string modelId) => SideBySide.RunAsync(
        [Reply.Text("Hello.")], app => InvokeAsync(app, new(new PromptExecutionSettings { ModelId = modelId })));

    [Fact]
    public Task Settings_by_service_id_are_those_of_the_selected_service() => SideBySide.RunAsync(
        [Reply.Text("Hello.")],
        app => InvokeAsync(app, new(
        [
            new PromptExecutionSettings { ServiceId = "absent", ExtensionData = new Dictionary<string, object> { ["temperature"] = 1.0 } },
            new PromptExecutionSettings { ServiceId = "smart", ExtensionData = new Dictionary<string, object> { ["temperature"] = 0.1 } },
        ])));

    [Fact]
    public Task An_absent_service_is_reported_the_same_way() => SideBySide.RunAsync(
        [Reply.Text("Hello.")],
        async app =>
        {
            var thrown = await Assert.ThrowsAsync<KernelException>(() =>
                InvokeAsync(app, new(new PromptExecutionSettings { ServiceId = "absent" })));
            return new { thrown.Message, Next = await InvokeAsync(app, []) };
        });

    [Fact]
    public Task The_last_service_answers_when_none_is_selected() => SideBySide.RunAsync(
        [Reply.Text("Hello.")],
        async app =>
        {
            var builder = Kernel.CreateBuilder();
            app.Connector.AddChatCompletion(builder.Services, app.Http, "first-model");
            app.Connector.AddChatCompletion(builder.Services, app.Http, "last-model");
            return (await builder.Build().InvokePromptAsync("Hello")).ToString();
        });

    [Fact]
    public Task A_service_exposes_its_model_and_endpoint() => SideBySide.RunAsync(
        [Reply.Text("Hello.")],
        async app =>
        {
            await Ask.NonStreaming()(app);
            return new { Model = app.Chat.GetModelId(), Endpoint = app.Chat.GetEndpoint(), Version = app.Chat.GetApiVersion() };
        });

    [Fact]
    public Task A_container_validates_registrations_and_scopes() => SideBySide.RunAsync(
        [Reply.Text("Hello.")],
        async app =>
        {
            var services = new ServiceCollection();
            app.Connector.AddChatCompletion(services, app.Http);
            app.Connector.AddChatCompletion(services, app.Http, "smart-model", "smart");
            services.AddKernel();
            await using var provider = services.BuildServiceProvider(
                new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
            await using var scope = provider.CreateAsyncScope();
            var chat = scope.ServiceProvider.GetRequiredService<IChatCompletionService>();
            return new
            {
                Text = (await scope.ServiceProvider.GetRequiredService<Kernel>().InvokePromptAsync("Hello")).ToString(),
                IsSingleton = ReferenceEquals(chat, provider.GetService<IChatCompletionService>()),
                IsTextGeneration = chat is ITextGenerationService,
                Keyed = scope.ServiceProvider.GetKeyedService<IChatCompletionService>("smart")?.GetModelId(),
                Registered = services.Where(service => service.ServiceType != typeof(HttpClient))
                    .Select(service => $"{service.ServiceType.Name} {service.Lifetime} {service.ServiceKey}"),
            };
        });

    [Fact]
    public Task Text_generation_asks_the_same_model() => SideBySide.RunAsync(
        [Reply.Text("Hello.")],
        async app =>
        {
            var texts = await app.Kernel.GetRequiredService<ITextGenerationService>().GetTextContentsAsync("Hello", kernel: app.Kernel);
            return texts.Select(text => text.Text);
        },
        AcceptedDifferences.RoleOfText);

    /// <summary>Asks in a kernel with the services <c>fast</c> and <c>smart</c>.</summary>
    private static async Task<object?> InvokeAsync(App app, KernelArguments arguments)
    {
        var builder = Kernel.CreateBuilder();
        app.Connector.AddChatCompletion(builder.Services, app.Http, "fast-model", "fast");
        app.Connector.AddChatCompletion(builder.Services, app.Http, "smart-model", "smart");
        return (await builder.Build().InvokePromptAsync("Hello", arguments)).ToString();
    }
}
