using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel;

public static partial class KernelExtensions
{
    public static Kernel Build(this IKernelBuilder builder) => new(builder.Services.BuildServiceProvider());

    public static KernelPlugin AddFromObject(
        this ICollection<KernelPlugin> plugins, object target, string? pluginName = null, IServiceProvider? serviceProvider = null) =>
        plugins.AddFromFunctions(pluginName ?? target.GetType().Name, Functions(target));

    public static KernelPlugin AddFromFunctions(
        this ICollection<KernelPlugin> plugins, string pluginName, IEnumerable<KernelFunction>? functions)
    {
        var plugin = new FunctionPlugin(pluginName, functions ?? []);
        plugins.Add(plugin);
        return plugin;
    }

    public static async Task<T?> InvokePromptAsync<T>(
        this Kernel kernel,
        string promptTemplate,
        KernelArguments? arguments = null,
        string? templateFormat = null,
        IPromptTemplateFactory? promptTemplateFactory = null,
        PromptTemplateConfig? promptTemplateConfig = null,
        CancellationToken cancellationToken = default)
    {
        var (service, settings) = Choose(kernel, arguments);
        var message = await service.GetChatMessageContentAsync(Rendered(promptTemplate, arguments), settings, kernel, cancellationToken)
            .ConfigureAwait(false);
        return message is T typed ? typed : (T?)(object?)message.Content;
    }

    public static async IAsyncEnumerable<T> InvokePromptStreamingAsync<T>(
        this Kernel kernel,
        string promptTemplate,
        KernelArguments? arguments = null,
        string? templateFormat = null,
        IPromptTemplateFactory? promptTemplateFactory = null,
        PromptTemplateConfig? promptTemplateConfig = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (service, settings) = Choose(kernel, arguments);
        var prompt = Rendered(promptTemplate, arguments);
        await foreach (var update in service.GetStreamingChatMessageContentsAsync(prompt, settings, kernel, cancellationToken)
            .ConfigureAwait(false))
        {
            yield return update is T typed ? typed : (T)(object)update.ToString();
        }
    }

    private static IEnumerable<KernelFunction> Functions(object target) =>
        from method in target.GetType().GetMethods(BindingFlags.Public | BindingFlags.Instance)
        let attribute = method.GetCustomAttribute<KernelFunctionAttribute>()
        where attribute is not null
        select (KernelFunction)new MethodFunction(method, target, attribute.Name, description: null);

    private static (IChatCompletionService Service, PromptExecutionSettings? Settings) Choose(Kernel kernel, KernelArguments? arguments)
    {
        var (serviceId, settings) = arguments?.ExecutionSettings?.FirstOrDefault() ?? default;
        return (kernel.GetRequiredService<IChatCompletionService>(
            serviceId is null || serviceId == PromptExecutionSettings.DefaultServiceId ? null : serviceId), settings);
    }

    private static string Rendered(string template, KernelArguments? arguments) =>
        Variable().Replace(template, match => arguments?.GetValueOrDefault(match.Groups[1].Value)?.ToString() ?? string.Empty);

    [GeneratedRegex(@"\{\{\$(\w+)\}\}")]
    private static partial Regex Variable();
}
