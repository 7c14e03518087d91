using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Options;

public class DatabricksChatOptionsTests
{
    private const string Chunk = """{"id":"c1","choices":[{"index":0,"delta":{"content":"Hi."},"finish_reason":"stop"}]}""";

    [Fact]
    public void The_defaults_are_those_of_the_documentation()
    {
        var options = new DatabricksChatOptions();

        Assert.Equal(
            (true, false, true, true, TimeSpan.FromDays(1)),
            (
                options.IncludeUsageInStreams, options.IncludeRawUpdates, options.ShapeRequests, options.CorrectRejectedParameters,
                options.CorrectionLifetime));
        Assert.Equal(
            (false, false, false, null),
            (options.LookUpServedEntities, options.CachePrompts, options.ReplaceUnsupportedMedia, options.FetchImage));
        Assert.Equal((null, false), (options.RequestTags, options.ThrowOnServicePolicyDenial));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public void A_correction_lifetime_that_is_not_positive_is_rejected_wherever_it_is_set(int milliseconds)
    {
        var value = TimeSpan.FromMilliseconds(milliseconds);
        var expected = $"CorrectionLifetime is {value}. Use a positive time, or Timeout.InfiniteTimeSpan for none.";

        var ofClient = Assert.Throws<ArgumentException>(
            () => new VerbatimService().Client(options => options.Chat.CorrectionLifetime = value));
        var ofChat = Assert.Throws<ArgumentException>(
            () => new VerbatimService().Client().GetChatClient("e", new() { CorrectionLifetime = value }));

        Assert.Equal((expected, expected), (ofClient.Message, ofChat.Message));
    }

    [Fact]
    public async Task Options_of_a_chat_client_replace_the_defaults_of_the_serving_client()
    {
        var service = NewService();
        var serving = service.Client(options => (options.Chat.IncludeUsageInStreams, options.Chat.IncludeRawUpdates) = (false, true));

        var inherited = await Exchange.Collect(serving.GetChatClient("e"));
        var own = await Exchange.Collect(serving.GetChatClient("e", new DatabricksChatOptions()));

        Assert.Equal((false, true), (RequestsUsage(service.Sent[0]), inherited[0].RawRepresentation is not null));
        Assert.Equal((true, false), (RequestsUsage(service.Sent[1]), own[0].RawRepresentation is not null));
    }

    [Fact]
    public async Task Later_changes_to_the_options_have_no_effect()
    {
        var service = NewService();
        var (ofClient, ofChat) = (new DatabricksChatOptions(), new DatabricksChatOptions());
        var serving = service.Client(options => options.Chat = ofClient);
        var (inherited, own) = (serving.GetChatClient("e"), serving.GetChatClient("e", ofChat));

        ofClient.IncludeUsageInStreams = ofChat.IncludeUsageInStreams = false;
        await Exchange.Collect(inherited);
        await Exchange.Collect(own);

        Assert.All(service.Sent, request => Assert.True(RequestsUsage(request)));
    }

    [Fact]
    public void Every_option_is_copied()
    {
        var unset = new DatabricksChatOptions();
        var options = new DatabricksChatOptions
        {
            Api = DatabricksChatApi.Responses,
            IncludeUsageInStreams = false,
            IncludeRawUpdates = true,
            ShapeRequests = false,
            CorrectRejectedParameters = false,
            CorrectionLifetime = TimeSpan.FromHours(1),
            LookUpServedEntities = true,
            CachePrompts = true,
            ReplaceUnsupportedMedia = true,
            FetchImage = (_, _) => throw new NotSupportedException(),
            RequestTags = new Dictionary<string, string> { ["team"] = "search" },
            ThrowOnServicePolicyDenial = true,
        };

        var copy = options.CopyValidated();

        Assert.All(typeof(DatabricksChatOptions).GetProperties(), property =>
        {
            Assert.NotEqual(property.GetValue(unset), property.GetValue(options));
            Assert.Equal(property.GetValue(options), property.GetValue(copy));
        });
    }

    private static VerbatimService NewService() =>
        new VerbatimService().Streams(Exchange.Events(Chunk, "[DONE]")).Streams(Exchange.Events(Chunk, "[DONE]"));

    private static bool RequestsUsage(VerbatimService.SentRequest request) =>
        request.Body.Contains("stream_options", StringComparison.Ordinal);
}
