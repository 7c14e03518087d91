using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using Moq;

namespace Connectors.Databricks.Tests;

public class DatabricksServingClientTests
{
    private const string NotConnected =
        "This DatabricksServingClient was created without a workspace, as mocks are. Override the member that was called.";

    [Fact]
    public void Host_and_credential_are_enough()
    {
        var client = new DatabricksServingClient(Some.Host, DatabricksCredential.FromToken(Some.Token));

        Assert.Equal(Some.Host, client.Host);
    }

    [Fact]
    public void A_missing_argument_is_named()
    {
        Assert.Equal(
            "host",
            Assert.Throws<ArgumentNullException>(() => new DatabricksServingClient(null!, DatabricksCredential.FromToken("t"))).ParamName);
        Assert.Equal("credential", Assert.Throws<ArgumentNullException>(() => new DatabricksServingClient(Some.Host, null!)).ParamName);
        Assert.Equal("options", Assert.Throws<ArgumentNullException>(() => new DatabricksServingClient(null!)).ParamName);
    }

    [Fact]
    public async Task It_can_be_mocked()
    {
        var chat = new Mock<IChatClient>();
        chat.Setup(client => client.GetResponseAsync(It.IsAny<IEnumerable<ChatMessage>>(), null, default))
            .ReturnsAsync(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Mocked.")));
        var serving = new Mock<DatabricksServingClient>();
        serving.Setup(client => client.GetChatClient("some-endpoint")).Returns(chat.Object);

        var response = await serving.Object.GetChatClient("some-endpoint").GetResponseAsync("Hello?");

        Assert.Equal("Mocked.", response.Text);
    }

    [Fact]
    public void A_mock_that_lets_a_call_through_says_what_to_do()
    {
        var serving = new Mock<DatabricksServingClient> { CallBase = true };

        Assert.Equal(NotConnected, Assert.Throws<InvalidOperationException>(() => serving.Object.GetChatClient("some-endpoint")).Message);
        Assert.Equal(NotConnected, Assert.Throws<InvalidOperationException>(() => serving.Object.Host).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("..")]
    public void A_name_that_is_no_endpoint_is_refused(string name) =>
        Assert.Equal(
            "endpointName", Assert.ThrowsAny<ArgumentException>(() => new VerbatimService().Client().GetChatClient(name)).ParamName);

    [Fact]
    public void The_text_of_a_client_shows_no_secret() =>
        Assert.Equal("Connectors.Databricks.DatabricksServingClient", new VerbatimService().Client().ToString());
}
