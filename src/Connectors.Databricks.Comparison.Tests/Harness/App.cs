using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.Comparison.Tests.Harness;

/// <summary>What a program of a case works with: a kernel on one of the two connectors, and a plugin.</summary>
internal sealed class App(Connector connector, ScriptedModel model, Action<IKernelBuilder>? configure) : IDisposable
{
    private Kernel? _kernel;

    public Connector Connector => connector;

    public HttpClient Http { get; } = new(model);

    public CityPlugin City { get; } = new();

    /// <summary>A kernel with one chat completion service and the plugin <c>City</c>.</summary>
    public Kernel Kernel => _kernel ??= NewKernel();

    private Kernel NewKernel()
    {
        var builder = Kernel.CreateBuilder();
        connector.AddChatCompletion(builder.Services, Http);
        configure?.Invoke(builder);
        var kernel = builder.Build();
        kernel.Plugins.AddFromObject(City, "City");
        return kernel;
    }

    public IChatCompletionService Chat => Kernel.GetRequiredService<IChatCompletionService>();

    public void Dispose() => Http.Dispose();
}
