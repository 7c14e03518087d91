using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Faults;

/// <summary>
/// What comes of each fault, as docs/resilience.md says: the right answer, an exception that is transient or final, or another answer; and
/// after how many requests.
/// </summary>
internal static class Outcomes
{
    // Chat, stream, embeddings, predict, management.
    private static readonly Dictionary<EmulatedFault, string[]> Table = new()
    {
        [EmulatedFault.Throttled] = ["answer/2"],
        [EmulatedFault.Overloaded] = ["answer/2"],
        [EmulatedFault.BadGateway] = ["answer/2"],
        [EmulatedFault.GatewayTimeout] = ["transient/1", "transient/1", "transient/1", "transient/1", "answer/2"],
        [EmulatedFault.Redirect] = ["final/1"],
        [EmulatedFault.DelayedHeaders] = ["answer/1"],
        [EmulatedFault.SlowDrip] = ["answer/1"],
        [EmulatedFault.ByteByByte] = ["answer/1"],
        [EmulatedFault.ResetBeforeHeaders] = ["transient/1", "transient/1", "transient/1", "transient/1", "answer/2"],
        [EmulatedFault.CloseBeforeHeaders] = ["transient/1", "transient/1", "transient/1", "transient/1", "answer/2"],
        [EmulatedFault.SilenceBeforeHeaders] = ["transient/1"],
        [EmulatedFault.ResetInHeaders] = ["transient/1", "transient/1", "transient/1", "transient/1", "answer/2"],
        [EmulatedFault.ResetMidBody] = ["transient/1"],
        [EmulatedFault.CloseMidBody] = ["transient/1"],
        [EmulatedFault.SilenceMidBody] = ["transient/1"],
        [EmulatedFault.InterimResponses] = ["answer/1"],
        [EmulatedFault.HugeHeader] = ["transient/1", "transient/1", "transient/1", "transient/1", "answer/2"],
        [EmulatedFault.NotHttp] = ["transient/1", "transient/1", "transient/1", "transient/1", "answer/2"],
        [EmulatedFault.LengthTooLong] = ["transient/1", "answer/1", "transient/1", "transient/1", "transient/1"],
        [EmulatedFault.LengthTooShort] = ["final/1", "transient/1", "final/1", "final/1", "final/1"],
        [EmulatedFault.BrokenChunks] = ["transient/1"],
        [EmulatedFault.TruncatedGzip] = ["final/1", "transient/1", "final/1", "final/1", "final/1"],
        [EmulatedFault.FalseGzip] = ["final/1"],
        [EmulatedFault.WrongContentType] = ["answer/1"],
        [EmulatedFault.HtmlPage] = ["final/1"],
        [EmulatedFault.EmptyBody] = ["final/1", "transient/1", "final/1", "final/1", "final/1"],
        [EmulatedFault.NoContent] = ["final/1", "transient/1", "final/1", "final/1", "final/1"],
        [EmulatedFault.TruncatedJson] = ["final/1", "transient/1", "final/1", "final/1", "final/1"],
        [EmulatedFault.GarbageJson] = ["final/1"],

        // Of vectors the name beside them is spoiled, which nobody reads.
        [EmulatedFault.InvalidUtf8] = ["final/1", "final/1", "answer/1", "final/1", "final/1"],
        [EmulatedFault.DeepJson] = ["final/1"],
        [EmulatedFault.HugeLine] = ["final/1"],
        [EmulatedFault.DuplicatedEvents] = ["final/1", "other/1", "final/1", "final/1", "final/1"],
        [EmulatedFault.ErrorInGoodStatus] = ["transient/1"],
    };

    public static IEnumerable<EmulatedFault> Faults => Table.Keys;

    public static string Of(EmulatedFault fault, string surface) => Table[fault] switch
    {
        [var all] => all,
        var each => each[Array.IndexOf(Surface.All, surface)],
    };
}
