using Connectors.Databricks.AspNetCore;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Web;

/// <summary>The app: a chat page, the model hub, health checks, and OpenTelemetry.</summary>
internal static class WebSample
{
    private static readonly string[] Sources =
        ["Microsoft.AspNetCore", "Connectors.Databricks", "Experimental.Microsoft.Extensions.AI", "System.Net.Http"];

    public static WebApplication Build(Workspace workspace, string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = "wwwroot",
        });
        if (builder.Configuration["urls"] is null)
        {
            builder.WebHost.UseUrls("http://localhost:5210");
        }

        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddDatabricksServing(workspace.Configure);
        AddHealth(builder.Services);
        AddTelemetry(builder);

        var app = builder.Build();
        app.Use(AddSecurityHeaders);
        app.UseDefaultFiles();
        app.UseStaticFiles();

        // A sample on localhost. A real app has RequireAuthorization() here.
        app.MapDatabricksChat("/chat", Assistant.Configure).AllowAnonymous();
        app.MapDatabricksModelHub("/models", ConfigureHub).AllowAnonymous();
        app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = WriteHealthAsync });
        app.MapGet("/settings", () => new
        {
            models = Assistant.Models.Select(model => new { endpoint = model.Endpoint, name = model.Name }),
            isEmulator = workspace.Emulator is not null,
        });
        app.MapGet("/traces", (RecentTraces traces) => traces.Chats(count: 8));
        return app;
    }

    private static void ConfigureHub(DatabricksModelHubOptions options)
    {
        options.Title = "Bicycle shop models";
        options.RefreshInterval = TimeSpan.FromSeconds(5);

        // Example prices: those of your workspace are in its price list.
        options.Prices["claude-sonnet-4-5"] = new() { InputCostPerToken = 0.000003m, OutputCostPerToken = 0.000015m };
        options.Prices["gpt-oss-120b"] = new() { InputCostPerToken = 0.00000015m, OutputCostPerToken = 0.0000006m };
        options.Prices["gte-large-en"] = new() { InputCostPerToken = 0.00000013m };
    }

    private static void AddHealth(IServiceCollection services) => services.AddHealthChecks()
        .AddDatabricksEndpoint("system.ai.claude-sonnet-4-5", tags: ["chat"])
        .AddDatabricksEndpoint("churn-prediction", failureStatus: HealthStatus.Degraded, tags: ["prediction"]);

    private static void AddTelemetry(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RecentTraces>();
        var telemetry = builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddSource(Sources).AddProcessor<RecentTraces>())
            .WithMetrics(metrics => metrics.AddMeter(Sources));
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not null)
        {
            telemetry.WithTracing(tracing => tracing.AddOtlpExporter()).WithMetrics(metrics => metrics.AddOtlpExporter());
        }
    }

    // Scripts and styles are files: no inline code runs, whatever a model writes.
    private static Task AddSecurityHeaders(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; " +
            "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return next(context);
    }

    private static Task WriteHealthAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString(),
        checks = report.Entries.Select(entry => new
        {
            name = entry.Key,
            status = entry.Value.Status.ToString(),
            description = entry.Value.Description,
            milliseconds = entry.Value.Duration.TotalMilliseconds,
        }),
    });
}
