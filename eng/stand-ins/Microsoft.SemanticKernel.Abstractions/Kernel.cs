using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.SemanticKernel;

public class KernelException : Exception
{
    public KernelException(string? message)
        : base(message)
    {
    }

    public KernelException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }
}

public class HttpOperationException : Exception
{
    public HttpOperationException(HttpStatusCode? statusCode, string? responseContent, string? message, Exception? innerException)
        : base(message, innerException) => (StatusCode, ResponseContent) = (statusCode, responseContent);

    public HttpStatusCode? StatusCode { get; set; }

    public string? ResponseContent { get; set; }
}

public interface IKernelBuilder
{
    IServiceCollection Services { get; }

    IKernelBuilderPlugins Plugins { get; }
}

public interface IKernelBuilderPlugins
{
    IServiceCollection Services { get; }
}

internal sealed class KernelBuilder : IKernelBuilder, IKernelBuilderPlugins
{
    public IServiceCollection Services { get; } = new ServiceCollection();

    public IKernelBuilderPlugins Plugins => this;
}

public sealed class Kernel
{
    public Kernel(IServiceProvider? services = null, KernelPluginCollection? plugins = null)
    {
        Services = services ?? new NoServices();
        Plugins = plugins ?? new KernelPluginCollection(Services.GetServices<KernelPlugin>());
        AutoFunctionInvocationFilters = [.. Services.GetServices<IAutoFunctionInvocationFilter>()];
    }

    public KernelPluginCollection Plugins { get; }

    public IList<IAutoFunctionInvocationFilter> AutoFunctionInvocationFilters { get; }

    public IServiceProvider Services { get; }

    public CultureInfo Culture { get; } = CultureInfo.InvariantCulture;

    public static IKernelBuilder CreateBuilder() => new KernelBuilder();

    public T GetRequiredService<T>(object? serviceKey = null)
        where T : class =>
        (serviceKey is null
            ? Services.GetService<T>() ?? Services.GetKeyedServices<T>(KeyedService.AnyKey).LastOrDefault()
            : Services.GetKeyedService<T>(serviceKey))
        ?? throw new KernelException($"Service of type '{typeof(T)}' and key '{serviceKey}' not registered.");

    private sealed class NoServices : IKeyedServiceProvider
    {
        public object? GetService(Type serviceType) =>
            serviceType.IsGenericType && serviceType.GetGenericTypeDefinition() == typeof(IEnumerable<>)
                ? Array.CreateInstance(serviceType.GetGenericArguments()[0], 0)
                : null;

        public object? GetKeyedService(Type serviceType, object? serviceKey) => GetService(serviceType);

        public object GetRequiredKeyedService(Type serviceType, object? serviceKey) =>
            GetService(serviceType) ?? throw new InvalidOperationException($"There is no {serviceType}.");
    }
}
