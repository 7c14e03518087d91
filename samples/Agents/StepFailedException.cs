using System.Diagnostics.CodeAnalysis;

namespace Agents;

/// <summary>A step did not do its work; the message says what is missing.</summary>
internal sealed class StepFailedException(string message) : Exception(message)
{
    /// <summary>What a step says about its own outcome.</summary>
    public static void Unless([DoesNotReturnIf(false)] bool holds, string missing)
    {
        if (!holds)
        {
            throw new StepFailedException(missing);
        }
    }
}
