using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.Configuration;

namespace Connectors.Databricks.Tests.Hosting;

/// <summary>Options of clients without dependency injection, from configuration.</summary>
public class BindTests
{
    [Fact]
    public void A_section_sets_the_options_it_contains_and_leaves_the_others()
    {
        var options = new DatabricksServingOptions { ApplicationName = "kept/1", ConnectTimeout = TimeSpan.FromSeconds(3) };

        var bound = options.Bind(
            Section(("Host", "w.cloud.databricks.com"), ("ConnectTimeout", "00:00:07"), ("Chat:CachePrompts", "true")));

        Assert.Same(options, bound);
        Assert.Equal(
            ("w.cloud.databricks.com", "kept/1", TimeSpan.FromSeconds(7), true),
            (options.Host!.OriginalString, options.ApplicationName, options.ConnectTimeout, options.Chat.CachePrompts));
    }

    [Fact]
    public void A_section_of_chat_options_has_their_names_alone()
    {
        var options = new DatabricksChatOptions { ShapeRequests = false };

        var bound = options.Bind(Section(("CachePrompts", "true"), ("correctionLifetime", "02:00:00")));

        Assert.Same(options, bound);
        Assert.Equal((false, true, TimeSpan.FromHours(2)), (options.ShapeRequests, options.CachePrompts, options.CorrectionLifetime));
        Assert.StartsWith(
            "Configuration 'Some:Host' is no option. The known ones: Api, IncludeUsageInStreams, ",
            Assert.Throws<ArgumentException>(() => options.Bind(Section(("Host", "w")))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Null_is_rejected()
    {
        Assert.Throws<ArgumentNullException>("options", () => ((DatabricksServingOptions)null!).Bind(Section()));
        Assert.Throws<ArgumentNullException>("options", () => ((DatabricksChatOptions)null!).Bind(Section()));
        Assert.Throws<ArgumentNullException>("configuration", () => new DatabricksServingOptions().Bind(null!));
        Assert.Throws<ArgumentNullException>("configuration", () => new DatabricksChatOptions().Bind(null!));
    }

    private static IConfiguration Section(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(value => KeyValuePair.Create($"Some:{value.Key}", (string?)value.Value))).Build()
            .GetSection("Some");
}
