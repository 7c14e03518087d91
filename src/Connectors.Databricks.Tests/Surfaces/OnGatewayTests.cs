using System.Diagnostics.CodeAnalysis;
using Connectors.Databricks.Tests.Chat;
using Connectors.Databricks.Tests.Chat.Completions.Inbound;
using Connectors.Databricks.Tests.Chat.Fuzz;
using Connectors.Databricks.Tests.Chat.StreamLaws;
using Connectors.Databricks.Tests.Embeddings;
using Connectors.Databricks.Tests.Embeddings.Inbound;
using Connectors.Databricks.Tests.Fuzz;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Surfaces;

/// <summary>
/// The laws of a stream, the fuzz tests and the tests of whole answers once more, on Unity Gateway: each class inherits the tests of
/// another, and changes the name that they call.
/// </summary>
[SuppressMessage("Design", "CA1034", Justification = "One list of the tests that hold on both surfaces.")]
public static class OnGatewayTests
{
    public class Law1 : Law1StatusFirstTests
    {
        private readonly bool _isGateway = TestSurface.UseGateway();

        [Fact]
        public async Task Calls_go_to_the_gateway()
        {
            var service = new VerbatimService().Answers(Some.ChatBody);

            await service.Chat().GetResponseAsync(Some.Question());

            Assert.Equal((true, "/ai-gateway/mlflow/v1/chat/completions"), (_isGateway, service.Sent[0].Uri.AbsolutePath));
        }
    }

    public class Law2 : Law2UnknownEventsTests
    {
        private readonly bool _isGateway = TestSurface.UseGateway();
    }

    public class Law3 : Law3BrokenStreamsTests
    {
        private readonly bool _isGateway = TestSurface.UseGateway();
    }

    public class Law4 : Law4CancellationAndSilenceTests
    {
        private readonly bool _isGateway = TestSurface.UseGateway();
    }

    public class Law5 : Law5UsageTests
    {
        private readonly bool _isGateway = TestSurface.UseGateway();
    }

    public class Law6 : Law6ToolCallsTests
    {
        private readonly bool _isGateway = TestSurface.UseGateway();
    }

    public class Law7 : Law7FinishReasonTests
    {
        private readonly bool _isGateway = TestSurface.UseGateway();
    }

    public class Law8 : Law8ReasoningTests
    {
        private readonly bool _isGateway = TestSurface.UseGateway();
    }

    public class Law9 : Law9NoBufferingTests
    {
        private readonly bool _isGateway = TestSurface.UseGateway();
    }

    public class Law10 : Law10FarewellTests
    {
        private readonly bool _isGateway = TestSurface.UseGateway();
    }

    public class StreamFuzz : StreamFuzzTests
    {
        private readonly bool _isGateway = TestSurface.UseGateway();
    }

    public class TemplateFuzz : ChunkTemplateFuzzTests
    {
        private readonly bool _isGateway = TestSurface.UseGateway();
    }

    public class BodyFuzz : ChatJsonFuzzTests
    {
        private readonly bool _isGateway = TestSurface.UseGateway();
    }

    public class ToolCalls : ToolCallsFromWireTests
    {
        private readonly bool _isGateway = TestSurface.UseGateway();
    }

    public class Vectors : EmbeddingsFromWireTests
    {
        private readonly bool _isGateway = TestSurface.UseGateway();
    }

    public class SplitRequests : SplitRequestsTests
    {
        private readonly bool _isGateway = TestSurface.UseGateway();
    }

    public class Models : ModelMatrixTests
    {
        private readonly bool _isGateway = TestSurface.UseGateway();
    }
}
