using Microsoft.AspNetCore.Builder;

namespace Connectors.Databricks.AspNetCore.Tests.OpenAI;

public class OptionsTests
{
    public static TheoryData<string, Action<DatabricksOpenAIOptions>> Invalid => new()
    {
        { nameof(DatabricksOpenAIOptions.Endpoints), _ => { } },
        { nameof(DatabricksOpenAIOptions.Endpoints), options => options.Endpoints.Add(" ") },
        { nameof(DatabricksOpenAIOptions.MaxRequestBytes), options => options.MaxRequestBytes = 0 },
        { nameof(DatabricksOpenAIOptions.MaxMessages), options => options.MaxMessages = 0 },
        { nameof(DatabricksOpenAIOptions.MaxTools), options => options.MaxTools = -1 },
        { nameof(DatabricksOpenAIOptions.MaxEmbeddingInputs), options => options.MaxEmbeddingInputs = 0 },
        { nameof(DatabricksOpenAIOptions.FirstUpdateGracePeriod), options => options.FirstUpdateGracePeriod = TimeSpan.FromSeconds(-2) },
        { nameof(DatabricksOpenAIOptions.FirstUpdateGracePeriod), options => options.FirstUpdateGracePeriod = TimeSpan.FromTicks(1) },
        { nameof(DatabricksOpenAIOptions.KeepAliveInterval), options => options.KeepAliveInterval = TimeSpan.Zero },
        { nameof(DatabricksOpenAIOptions.KeepAliveInterval), options => options.KeepAliveInterval = TimeSpan.FromMicroseconds(1) },
        { nameof(DatabricksOpenAIOptions.KeepAliveInterval), options => options.KeepAliveInterval = TimeSpan.MaxValue },
    };

    [Theory, MemberData(nameof(Invalid))]
    public async Task An_invalid_option_is_named_when_the_routes_are_added(string option, Action<DatabricksOpenAIOptions> configure)
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();

        var exception = Assert.Throws<ArgumentException>(() => app.MapOpenAICompatibility("/v1", options =>
        {
            options.AllowAnyEndpoint = option != nameof(options.Endpoints);
            configure(options);
        }));

        Assert.Contains($"DatabricksOpenAIOptions.{option} ", exception.Message, StringComparison.Ordinal);
    }
}
