using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Outbound;

public class SamplingToWireTests
{
    [Fact]
    public Task Without_options_only_the_messages_are_sent() => Exchange.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}]}""",
        Some.Question());

    [Fact]
    public Task Empty_options_add_nothing() => Exchange.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}]}""",
        Some.Question(),
        new ChatOptions());
}
