using Connectors.Databricks.AspNetCore.Tests.Docs.Code;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Connectors.Databricks.AspNetCore.Tests.Authorization;

/// <summary>One way in which an app may, or may not, authorize the routes; the routes of every kind warn in the same case.</summary>
internal sealed class AuthorizationCase(string convention) : IDisposable
{
    private readonly FakeLoggerProvider _log = new();

    public static TheoryData<string, bool> All => new()
    {
        { "none", true }, { "authorize", false }, { "anonymous", false }, { "fallback", false },
    };

    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton<ILoggerProvider>(_log);
        services.AddAuthentication("AppKey").AddScheme<AppKeyOptions, AppKeyHandler>("AppKey", null);
        services.AddAuthorization(options => options.FallbackPolicy = convention != "fallback"
            ? null
            : new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    public void Apply(IEndpointConventionBuilder routes) => _ = convention switch
    {
        "authorize" => routes.RequireAuthorization(),
        "anonymous" => routes.AllowAnonymous(),
        _ => routes,
    };

    public bool HasWarning(string path) => _log.Collector.GetSnapshot().Any(record =>
        record.Level == LogLevel.Warning && record.Message.Contains($"'{path}'", StringComparison.Ordinal));

    public void Dispose() => _log.Dispose();
}
